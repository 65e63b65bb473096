package io.multijob.sandbox.api;

import java.time.InstantSource;
import java.util.List;

/// What an [ApiServer] is made of.
///
/// @param port on the loopback interface; 0 takes any that is free
/// @param logs what containers have printed
/// @param mutators applied to each new pod, in order
/// @param historySize how many changes can be watched after the fact; older ones are `Expired`
/// @param clock gives creations and deletions their times
/// @param release which Kubernetes it plays
public record ApiServerConfig(
    int port,
    PodLogs logs,
    List<PodMutator> mutators,
    int historySize,
    InstantSource clock,
    Release release) {
  private static final int HISTORY = 10_000;

  public ApiServerConfig {
    mutators = List.copyOf(mutators);
    if (historySize < 1) {
      throw new IllegalArgumentException("history is too small: " + historySize);
    }
  }

  /// Any free port, no mutators, 10,000 changes remembered, the system's clock, a release of today.
  public static ApiServerConfig of(PodLogs logs) {
    return new ApiServerConfig(0, logs, List.of(), HISTORY, InstantSource.system(), Release.MODERN);
  }

  public ApiServerConfig withPort(int other) {
    return new ApiServerConfig(other, logs, mutators, historySize, clock, release);
  }

  public ApiServerConfig withMutators(List<PodMutator> others) {
    return new ApiServerConfig(port, logs, others, historySize, clock, release);
  }

  public ApiServerConfig withHistorySize(int changes) {
    return new ApiServerConfig(port, logs, mutators, changes, clock, release);
  }

  public ApiServerConfig withClock(InstantSource other) {
    return new ApiServerConfig(port, logs, mutators, historySize, other, release);
  }

  public ApiServerConfig withRelease(Release other) {
    return new ApiServerConfig(port, logs, mutators, historySize, clock, other);
  }
}
