package io.multijob.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.multijob.e2e.wait.Wait;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/// A namespace of a test's own. Closing it deletes it with all that is in it, and does not wait.
public final class TestNamespace implements AutoCloseable {
  /// After an outage of the API server its controllers return within their longest pause.
  private static final Duration CONTROLLERS_TIME = Duration.ofSeconds(90);

  private final KubernetesClient client;
  private final String name;

  private TestNamespace(KubernetesClient client, String name) {
    this.client = client;
    this.name = name;
  }

  /// Makes one whose name begins with `prefix`, and waits until pods can be created in it.
  static TestNamespace create(KubernetesClient client, String prefix) throws Exception {
    return named(client, prefix + "-" + UUID.randomUUID().toString().substring(0, 8));
  }

  /// Makes the one of that name, and waits until pods can be created in it.
  static TestNamespace named(KubernetesClient client, String name) throws Exception {
    client
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("servo.optune.io/test", "e2e")
                .endMetadata()
                .build())
        .create();
    Wait.until(
        "the service account of namespace " + name,
        CONTROLLERS_TIME,
        () -> client.serviceAccounts().inNamespace(name).withName("default").get() != null);
    return new TestNamespace(client, name);
  }

  public String name() {
    return name;
  }

  /// Creates what the manifest says, in this namespace.
  ///
  /// @param yaml one or more documents
  /// @return what the API server made of them, in their order
  public List<HasMetadata> create(String yaml) {
    return client.load(stream(yaml)).inNamespace(name).create();
  }

  /// Deletes what the manifest names, in this namespace.
  public void delete(String yaml) {
    client.load(stream(yaml)).inNamespace(name).delete();
  }

  /// Creates a pod.
  public Pod createPod(String yaml) {
    return client.pods().inNamespace(name).load(stream(yaml)).create();
  }

  /// The pod of that name as it is now.
  public Optional<Pod> pod(String pod) {
    return Optional.ofNullable(client.pods().inNamespace(name).withName(pod).get());
  }

  public List<Pod> pods() {
    return client.pods().inNamespace(name).list().getItems();
  }

  /// Waits until the pod is as `state` wants it.
  ///
  /// @param what to complete "waited 30 s for pod x ..."
  public Pod awaitPod(String pod, String what, Duration time, Predicate<Pod> state)
      throws Exception {
    return Wait.forValue(
        "pod " + name + "/" + pod + " " + what, time, () -> pod(pod).filter(state));
  }

  /// Waits until the pod is in that phase: `Running`, `Succeeded` and so on.
  public Pod awaitPhase(String pod, String phase, Duration time) throws Exception {
    return awaitPod(
        pod, "to be " + phase, time, found -> phase.equals(found.getStatus().getPhase()));
  }

  /// Deletes the pod, with that grace period.
  public void deletePod(String pod, Duration grace) {
    client.pods().inNamespace(name).withName(pod).withGracePeriod(grace.toSeconds()).delete();
  }

  /// Asks for the pod's eviction, as `kubectl drain` does.
  ///
  /// @throws IllegalStateException if it is refused
  public void evictPod(String pod) {
    if (!client.pods().inNamespace(name).withName(pod).evict()) {
      throw new IllegalStateException("the eviction of pod " + name + "/" + pod + " was refused");
    }
  }

  /// Lets the Job's time be over: its controller fails it with `DeadlineExceeded`.
  public void reachDeadlineOfJob(String job) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(name)
        .withName(job)
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"activeDeadlineSeconds\": 1}}");
  }

  /// Deletes the Job.
  ///
  /// @param propagation what becomes of its pods: `Background`, `Foreground` or `Orphan`
  public void deleteJob(String job, String propagation) {
    client
        .batch()
        .v1()
        .jobs()
        .inNamespace(name)
        .withName(job)
        .withPropagationPolicy(DeletionPropagation.valueOf(propagation.toUpperCase(Locale.ROOT)))
        .delete();
  }

  /// Whether the Job is there, be it on its way out.
  public boolean hasJob(String job) {
    return client.batch().v1().jobs().inNamespace(name).withName(job).get() != null;
  }

  /// Whether the namespace itself is there, be it on its way out.
  public boolean isThere() {
    return client.namespaces().withName(name).get() != null;
  }

  /// Deletes the CronJob with its Jobs and their pods.
  public void deleteCronJob(String cronJob) {
    client.batch().v1().cronjobs().inNamespace(name).withName(cronJob).delete();
  }

  /// Looks on at its pods from now on.
  public PodWitness witness() {
    return PodWitness.of(client, name);
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  @Override
  public void close() {
    client.namespaces().withName(name).delete();
  }
}
