package io.multijob.servo.measurement;

import io.multijob.protocol.Figures;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.RunEnd.EndClock;
import io.multijob.servo.pod.RunEnd.RunSpan.Ran;
import java.time.Duration;
import java.time.Instant;

/// When a run began and ended, by the finest clock that can be believed.
///
/// The kubelet tells whole seconds; podmon tells nanoseconds, of which a posted report may claim
/// any. So podmon's count only where they are near the kubelet's.
///
/// @param clock `podmon`, `kubelet`, or `servo` for an end that nobody told
record RunTimes(Instant started, Instant finished, String clock) {
  private static final Duration NEAR = Duration.ofMillis(1_500);

  static RunTimes of(Ran span, RunStats stats) {
    if (stats instanceof RunStats.Counted(PodmonReport report, var way)) {
      Figures figures = report.pod();
      if (figures.started().isPresent() && figures.finished().isPresent()) {
        Instant started = figures.started().get();
        Instant finished = figures.finished().get();
        if (near(started, span.started()) && believable(finished, span)) {
          return new RunTimes(started, finished, "podmon");
        }
      }
    }
    String clock = span.clock() == EndClock.KUBELET ? "kubelet" : "servo";
    return new RunTimes(span.started(), span.finished(), clock);
  }

  Duration duration() {
    return Duration.between(started, finished);
  }

  /// An end that the kubelet told is checked by it; one that only we noticed was before that.
  private static boolean believable(Instant finished, Ran span) {
    return switch (span.clock()) {
      case KUBELET -> near(finished, span.finished());
      case SERVO ->
          !finished.isBefore(span.started()) && finished.isBefore(span.finished().plus(NEAR));
    };
  }

  private static boolean near(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(NEAR) <= 0;
  }
}
