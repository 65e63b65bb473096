package io.multijob.servo.report;

import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.random.RandomGenerator;

/// Decides whose reports are to be delivered next: those of one app by one delivery at a time,
/// those of several apps beside each other in turn, an app that failed after a pause of its own.
/// While nobody gets through, one app at a time tries it; when it does, all others come at once.
///
/// Not thread-safe.
final class DeliveryPlan {
  /// So many failures in a row, of whatever apps, and the service is taken to be away.
  private static final int OUTAGE = 8;

  private final Backoff backoff;
  private final Backoff outageBackoff;
  private final RandomGenerator random;
  private final Map<String, Line> lines = new HashMap<>();
  private final Queue<Line> ready = new ArrayDeque<>();
  private final PriorityQueue<Line> resting =
      new PriorityQueue<>(Comparator.comparing(line -> line.notBefore));

  private int failuresOfAll; // in a row
  private Instant allNotBefore = Instant.MIN;

  /// An app that has pending reports.
  private static final class Line {
    final String appId;
    int failures; // in a row
    Instant notBefore = Instant.MIN;
    Instant asked = Instant.MIN; // what the service said of it

    Line(String appId) {
      this.appId = appId;
    }
  }

  /// @param backoff the pauses of one app
  /// @param outageBackoff the pauses of all of them while the service is away
  DeliveryPlan(Backoff backoff, Backoff outageBackoff, RandomGenerator random) {
    this.backoff = backoff;
    this.outageBackoff = outageBackoff;
    this.random = random;
  }

  /// The app has pending reports. Nothing changes if that is known.
  void add(String appId) {
    if (!lines.containsKey(appId)) {
      Line line = new Line(appId);
      lines.put(appId, line);
      ready.add(line);
    }
  }

  /// An app whose turn it is; it does not come again before [#went] or [#failed] is told.
  Optional<String> next(Instant now) {
    if (now.isBefore(allNotBefore)) {
      return Optional.empty();
    }
    while (!resting.isEmpty() && !resting.element().notBefore.isAfter(now)) {
      ready.add(resting.remove());
    }
    return Optional.ofNullable(ready.poll()).map(line -> line.appId);
  }

  /// When there may be a [#next]; nothing while no app waits for its turn.
  Optional<Instant> nextTime() {
    if (ready.isEmpty() && resting.isEmpty()) {
      return Optional.empty();
    }
    Instant own = ready.isEmpty() ? resting.element().notBefore : Instant.MIN;
    return Optional.of(own.isAfter(allNotBefore) ? own : allNotBefore);
  }

  /// True while the service is taken to be away: then a single delivery at a time is enough.
  boolean outage() {
    return failuresOfAll >= OUTAGE;
  }

  /// The service has answered for reports of the app. It has to be added again for its others.
  void went(String appId) {
    lines.remove(appId);
    if (outage()) {
      endRests();
    }
    failuresOfAll = 0;
    allNotBefore = Instant.MIN;
  }

  /// A report of the app could not be delivered.
  ///
  /// @param atLeast how long it should rest in any case
  /// @return how many times in a row the app has failed
  int failed(String appId, Duration atLeast, Instant now) {
    Line line = lines.computeIfAbsent(appId, Line::new);
    line.failures++;
    line.asked = now.plus(atLeast);
    Instant rested = now.plus(backoff.pause(line.failures, random));
    line.notBefore = rested.isBefore(line.asked) ? line.asked : rested;
    resting.add(line);
    failuresOfAll++;
    if (outage()) {
      allNotBefore = now.plus(outageBackoff.pause(failuresOfAll - OUTAGE + 1, random));
    }
    return line.failures;
  }

  /// The service is back: nobody rests longer than it asked for.
  private void endRests() {
    List<Line> rested = List.copyOf(resting);
    resting.clear();
    for (Line line : rested) {
      line.notBefore = line.asked;
      resting.add(line);
    }
  }
}
