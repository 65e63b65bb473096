package io.multijob.sandbox.run.pod;

import java.time.Instant;

/// Where one container of a pod is.
public sealed interface ContainerState {

  /// Not started, or not again.
  ///
  /// @param notBefore when it may be started
  record Waiting(String reason, String message, Instant notBefore) implements ContainerState {}

  /// Its process is being made.
  record Starting() implements ContainerState {}

  /// Its process runs, but has not said yet that it does what it is for.
  record Running(String id, Instant startedAt) implements ContainerState {}

  /// Running, and past what a startup probe would ask.
  record Started(String id, Instant startedAt) implements ContainerState {}

  /// Was told to end.
  ///
  /// @param killAt when it is killed
  record Stopping(String id, Instant startedAt, Instant killAt) implements ContainerState {}

  /// Has ended, and is not started again.
  record Ended(Termination termination) implements ContainerState {}

  /// Whether there is a process, or soon will be.
  default boolean isActive() {
    return switch (this) {
      case Starting _, Running _, Started _, Stopping _ -> true;
      case Waiting _, Ended _ -> false;
    };
  }
}
