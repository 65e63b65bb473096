package io.multijob.e2e;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.multijob.e2e.wait.Wait;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// Takes one-time pods through their lives by writing their status, as a kubelet does. They wait
/// for a scheduler that nobody is, so that no real node takes them.
///
/// What an API server does not take is written again until it does. Thread-safe.
final class FakeNode {
  /// How long the API server may be away.
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final String NO_SCHEDULER = "schedulerName: nobody";

  private final KubernetesClient client;
  private final String namespace;

  FakeNode(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /// Creates a pod, which is pending.
  ///
  /// @return its uid
  String create(String name) throws Exception {
    String yaml = OneTimePod.named(name).spec(NO_SCHEDULER).yaml();
    Pod pod = Serialization.unmarshal(yaml, Pod.class);
    return Wait.forValue("pod " + name + " to be created", PATIENCE, () -> Optional.of(create(pod)))
        .getMetadata()
        .getUid();
  }

  /// Its container starts now.
  void run(String name) throws Exception {
    write(name, running());
  }

  /// Its container ends now, and so does the pod.
  void complete(String name) throws Exception {
    write(name, completed());
  }

  /// A whole life.
  ///
  /// @return the pod's uid
  String live(String name) throws Exception {
    String uid = create(name);
    run(name);
    complete(name);
    return uid;
  }

  /// Deletes the pod, which is gone at once.
  void delete(String name) throws Exception {
    Wait.until(
        "pod " + name + " to be deleted",
        PATIENCE,
        () -> {
          client.pods().inNamespace(namespace).withName(name).withGracePeriod(0).delete();
          return client.pods().inNamespace(namespace).withName(name).get() == null;
        });
  }

  /// A pod that is there already was created by a request whose answer was lost.
  private Pod create(Pod pod) {
    try {
      return client.pods().inNamespace(namespace).resource(pod).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return client.pods().inNamespace(namespace).resource(pod).require();
    }
  }

  private void write(String name, PodStatus status) throws Exception {
    Pod pod =
        new PodBuilder().withNewMetadata().withName(name).endMetadata().withStatus(status).build();
    Wait.forValue(
        "the status of pod " + name + " to be taken",
        PATIENCE,
        () -> Optional.of(client.pods().inNamespace(namespace).resource(pod).patchStatus()));
  }

  private static PodStatus running() {
    return status(
        "Running", new ContainerStateBuilder().withNewRunning().withStartedAt(now()).endRunning());
  }

  private static PodStatus completed() {
    return status(
        "Succeeded",
        new ContainerStateBuilder()
            .withNewTerminated()
            .withReason("Completed")
            .withExitCode(0)
            .withStartedAt(now())
            .withFinishedAt(now())
            .endTerminated());
  }

  private static PodStatus status(String phase, ContainerStateBuilder state) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .withContainerStatuses(
            new ContainerStatusBuilder()
                .withName(OneTimePod.MAIN)
                .withImage(OneTimePod.IMAGE)
                .withImageID("")
                .withContainerID("fake://" + phase)
                .withReady(phase.equals("Running"))
                .withRestartCount(0)
                .withState(state.build())
                .build())
        .build();
  }

  /// As a kubelet writes it: in whole seconds.
  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
