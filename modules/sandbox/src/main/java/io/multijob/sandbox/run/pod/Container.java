package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.run.backoff.Backoff;
import io.multijob.sandbox.run.pod.ContainerState.Ended;
import io.multijob.sandbox.run.pod.ContainerState.Running;
import io.multijob.sandbox.run.pod.ContainerState.Started;
import io.multijob.sandbox.run.pod.ContainerState.Starting;
import io.multijob.sandbox.run.pod.ContainerState.Stopping;
import io.multijob.sandbox.run.pod.ContainerState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// A container of a pod and how far it has come.
///
/// @param last how it ended before it was started again
/// @param restarts how often it was
public record Container(
    ContainerSpec spec, ContainerState state, Optional<Termination> last, int restarts) {
  /// One that ran so long has not failed in a row.
  private static final Duration LONG_ENOUGH = Duration.ofMinutes(10);

  static Container notStarted(ContainerSpec spec, String waitingFor) {
    return new Container(spec, new Waiting(waitingFor, "", Instant.EPOCH), Optional.empty(), 0);
  }

  public String name() {
    return spec.name();
  }

  public Container starting() {
    return in(new Starting());
  }

  public Container running(String id, Instant at) {
    return in(new Running(id, at));
  }

  /// It does what it is for; nothing changes for one that has been told to end.
  public Container started() {
    return state instanceof Running(String id, Instant startedAt)
        ? in(new Started(id, startedAt))
        : this;
  }

  public Container stopping(Instant killAt) {
    return switch (state) {
      case Running(String id, Instant startedAt) -> in(new Stopping(id, startedAt, killAt));
      case Started(String id, Instant startedAt) -> in(new Stopping(id, startedAt, killAt));
      case Stopping(String id, Instant startedAt, _) -> in(new Stopping(id, startedAt, killAt));
      case Waiting _, Starting _, Ended _ -> this;
    };
  }

  /// It was killed, which is not done twice.
  public Container killed() {
    return stopping(Instant.MAX);
  }

  /// It cannot be made, and nobody tries again before something changes.
  public Container refused(String reason, String message) {
    return in(new Waiting(reason, message, Instant.MAX));
  }

  public Container ended(Termination termination) {
    return in(new Ended(termination));
  }

  /// It has ended and will be started again, at once the first time and later and later after that.
  ///
  /// @param message says for whom it waits
  public Container restarting(Termination termination, Backoff backoff, String message) {
    Duration ran = Duration.between(termination.startedAt(), termination.finishedAt());
    boolean failedToStart = termination.startedAt().equals(Instant.EPOCH);
    boolean fresh = !failedToStart && ran.compareTo(LONG_ENOUGH) > 0;
    Duration pause = backoff.afterFailures(fresh ? 0 : restarts);
    Waiting waiting =
        new Waiting(
            "CrashLoopBackOff",
            "back-off %ds restarting failed %s".formatted(pause.toSeconds(), message),
            termination.finishedAt().plus(pause));
    return new Container(spec, waiting, Optional.of(termination), restarts + 1);
  }

  /// Whether it was never started.
  boolean isUntouched() {
    return last.isEmpty() && (state instanceof Waiting || state instanceof Starting);
  }

  /// Whether it need not be waited for any more before the next container starts.
  boolean isPassed() {
    return switch (spec.role()) {
      case INIT -> hasSucceeded();
      case SIDECAR, REGULAR -> state instanceof Started || last.isPresent();
    };
  }

  boolean isReady() {
    return spec.role() == Role.INIT ? hasSucceeded() : state instanceof Started;
  }

  boolean hasEnded() {
    return state instanceof Ended;
  }

  boolean hasSucceeded() {
    return state instanceof Ended(Termination end) && end.exitCode() == 0;
  }

  private Container in(ContainerState next) {
    return new Container(spec, next, last, restarts);
  }
}
