package io.multijob.podmon;

import java.time.Duration;
import java.time.Instant;

/// Decides when there is nothing more to wait for. Used by podmon's main thread only.
///
/// A native sidecar waits for TERM: an empty pod may only be between two containers, and one that
/// exits early is started again by the kubelet and has forgotten everything. A regular container
/// gets no TERM when the others have ended, and keeps the pod for as long as it stays: it counts.
final class Ending {
  /// How long a container is waited for that still runs when TERM comes, as when the whole pod is
  /// deleted: less than the grace period that pods have by default.
  private static final Duration AFTER_TERM = Duration.ofSeconds(25);

  /// How long a regular podmon waits for containers that it has not seen while something had run
  /// before it came: they have ended already, or their images are slow.
  private static final Duration MISSING = Duration.ofSeconds(60);

  /// CPU time that a container leaves behind at least; making one costs tens of milliseconds.
  private static final Duration NOTICEABLE = Duration.ofMillis(1);

  /// Long enough to cost nothing; whatever happens ends the wait.
  private static final Duration UNTIL_TOLD = Duration.ofHours(1);

  private final Role role;
  private PodState pod = PodState.UNKNOWN;
  private Instant changed = Instant.MIN;
  private Instant termination = Instant.MAX; // not yet

  Ending(Role role) {
    this.role = role;
  }

  /// The pod stands so now.
  void observe(PodState now, Instant at) {
    if (!now.equals(pod)) {
      pod = now;
      changed = at;
    }
  }

  /// TERM has come.
  void terminate(Instant at) {
    termination = at.isBefore(termination) ? at : termination;
  }

  boolean isOver(Instant now) {
    if (pod.gone()) {
      return true;
    }
    if (isTerminating()) {
      return !isAwaited() || !now.isBefore(termination.plus(AFTER_TERM));
    }
    return switch (role) {
      case Role.Sidecar() -> false;
      case Role.Regular(int others) ->
          isEmpty()
              && (pod.ended() >= others || (isLate() && !now.isBefore(changed.plus(MISSING))));
    };
  }

  /// How long nothing has to be asked of this if nothing happens.
  Duration patience(Instant now) {
    if (isTerminating()) {
      return positive(Duration.between(now, termination.plus(AFTER_TERM)));
    }
    return switch (role) {
      case Role.Sidecar() -> UNTIL_TOLD;
      case Role.Regular _ ->
          isEmpty() && isLate()
              ? positive(Duration.between(now, changed.plus(MISSING)))
              : UNTIL_TOLD;
    };
  }

  /// From where the pod's time is to be counted.
  Beginning beginning() {
    return switch (role) {
      case Role.Sidecar() ->
          pod.ended() == 0 && !pod.seenRunning() ? Beginning.THE_PODS : Beginning.OURS;
      case Role.Regular(int others) ->
          isEmpty() && pod.ended() < others ? Beginning.THE_PODS : Beginning.OURS;
    };
  }

  private boolean isTerminating() {
    return termination.isBefore(Instant.MAX);
  }

  private boolean isAwaited() {
    return switch (role) {
      case Role.Sidecar() -> pod.seenRunning();
      case Role.Regular _ -> !isEmpty();
    };
  }

  /// Whether nothing is left but, at most, pause: which CRI-O does without.
  private boolean isEmpty() {
    return pod.running() <= 1 && !pod.seenRunning();
  }

  private boolean isLate() {
    return pod.usedBefore().compareTo(NOTICEABLE) > 0;
  }

  private static Duration positive(Duration duration) {
    return duration.isPositive() ? duration : Duration.ofMillis(1);
  }
}
