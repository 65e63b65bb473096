package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.run.backoff.Backoff;
import io.multijob.sandbox.run.pod.ContainerSpec.MessagePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Pods for tests, and what happens to them.
final class Pods {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00.750Z");
  static final Duration GRACE = Duration.ofSeconds(30);
  static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  private Pods() {}

  static ContainerSpec container(String name, Role role) {
    return new ContainerSpec(
        name,
        role,
        "busybox",
        new Invocation(List.of("true"), List.of(), Optional.empty()),
        List.of(),
        Resources.share(0),
        MessagePolicy.FILE);
  }

  static PodState begin(RestartPolicy policy, ContainerSpec... containers) {
    PodIdentity identity = new PodIdentity("default", "pod", "1-2-3");
    Pod pod = new Pod(identity, QosLevel.BEST_EFFORT, policy, List.of(containers), GRACE);
    return PodState.begin(pod, NOW);
  }

  static PodState started(PodState state, String... names) {
    return Stream.of(names)
        .reduce(
            state,
            (before, name) ->
                before.with(name, each -> each.starting().running("id-" + name, NOW).started()),
            (_, last) -> last);
  }

  static PodState ended(PodState state, String name, int exitCode) {
    Termination termination =
        new Termination(
            "id-" + name, exitCode, exitCode == 0 ? "Completed" : "Error", "", NOW, NOW);
    return state.ended(name, termination, BACKOFF);
  }
}
