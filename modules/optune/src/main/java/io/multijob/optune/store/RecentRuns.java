package io.multijob.optune.store;

import io.multijob.optune.run.Ending;
import io.multijob.optune.run.Run;
import io.multijob.protocol.Metric;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The last runs of an app in the order of arrival, as much of each as a sparkline shows.
///
/// @param points at most [#MAX_POINTS], oldest first
public record RecentRuns(List<Point> points) {
  static final int MAX_POINTS = 40;

  private static final int POINT_BYTES = Float.BYTES + 1;

  /// One run.
  ///
  /// @param durationSeconds 0 for a run that never ran
  public record Point(float durationSeconds, Ending ending) {}

  public RecentRuns {
    points = List.copyOf(points);
  }

  /// These runs and the newer ones, the oldest dropped when there are too many.
  RecentRuns with(List<Run> newer) {
    List<Point> all = new ArrayList<>(points);
    for (Run run : newer) {
      all.add(new Point((float) run.metric(Metric.DURATION).orElse(0), run.ending()));
    }
    return new RecentRuns(all.subList(Math.max(0, all.size() - MAX_POINTS), all.size()));
  }

  /// The stored form: for each a float and a byte, 1 for a failure.
  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(points.size() * POINT_BYTES);
    for (Point point : points) {
      out.putFloat(point.durationSeconds()).put((byte) (point.ending() == Ending.FAILED ? 1 : 0));
    }
    return out.array();
  }

  static RecentRuns decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    List<Point> points = new ArrayList<>();
    while (in.remaining() >= POINT_BYTES) {
      points.add(new Point(in.getFloat(), in.get() == 1 ? Ending.FAILED : Ending.SUCCEEDED));
    }
    return new RecentRuns(points);
  }
}
