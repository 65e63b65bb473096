package io.multijob.e2e.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.multijob.e2e.wait.Wait;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// What the API server tells of a namespace's pods, beside the servo and by another client: every
/// pod that ever was there, as it was last.
///
/// Thread-safe.
public final class PodWitness implements AutoCloseable {
  private final Map<String, Pod> lastSeen = new ConcurrentHashMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<Pod> informer;

  private PodWitness(KubernetesClient client, String namespace) {
    informer = client.pods().inNamespace(namespace).inform(new Recorder());
  }

  /// Looks on from now. Pods that are there already are seen, too.
  static PodWitness of(KubernetesClient client, String namespace) {
    return new PodWitness(client, namespace);
  }

  /// All that it has seen, those that are gone among them.
  public List<Pod> all() {
    return List.copyOf(lastSeen.values());
  }

  /// Those that something of that name made.
  public List<Pod> ownedBy(String owner) {
    return all().stream()
        .filter(pod ->
            pod.getMetadata().getOwnerReferences().stream()
                .anyMatch(reference -> reference.getName().equals(owner)))
        .toList();
  }

  /// Waits until the pod is as `state` wants it.
  ///
  /// @param what to complete "waited 30 s for pod x ..."
  public Pod await(String uid, String what, Duration time, Predicate<Pod> state) throws Exception {
    return Wait.forValue(
        "pod " + uid + " " + what,
        time,
        () -> Optional.ofNullable(lastSeen.get(uid)).filter(state));
  }

  /// Waits for a pod such as `which` tells.
  ///
  /// @param what to complete "waited 30 s for a pod ..."
  public Pod await(String what, Duration time, Predicate<Pod> which) throws Exception {
    return Wait.forValue(
        "a pod " + what, time, () -> lastSeen.values().stream().filter(which).findFirst());
  }

  /// Waits until the pod's phase is `Succeeded` or `Failed`.
  public Pod awaitEnd(String uid, Duration time) throws Exception {
    return await(
        uid,
        "to end",
        time,
        pod -> Set.of("Succeeded", "Failed").contains(pod.getStatus().getPhase()));
  }

  /// Waits until the pod is deleted.
  ///
  /// @return as it was last
  public Pod awaitGone(String uid, Duration time) throws Exception {
    return await(uid, "to be gone", time, pod -> gone.contains(uid));
  }

  /// What the kubelet says of how the container ended, once it does.
  public ContainerStateTerminated awaitTermination(String uid, String container, Duration time)
      throws Exception {
    return Wait.forValue(
        "the end of container %s of pod %s".formatted(container, uid),
        time,
        () -> Optional.ofNullable(lastSeen.get(uid)).flatMap(pod -> termination(pod, container)));
  }

  /// What the kubelet says of how the container ended; nothing while it has not.
  public static Optional<ContainerStateTerminated> termination(Pod pod, String container) {
    return pod.getStatus().getContainerStatuses().stream()
        .filter(status -> status.getName().equals(container))
        .findFirst()
        .map(ContainerStatus::getState)
        .map(ContainerState::getTerminated);
  }

  @Override
  public void close() {
    informer.close();
  }

  private final class Recorder implements ResourceEventHandler<Pod> {
    @Override
    public void onAdd(Pod pod) {
      lastSeen.put(pod.getMetadata().getUid(), pod);
    }

    @Override
    public void onUpdate(Pod before, Pod pod) {
      lastSeen.put(pod.getMetadata().getUid(), pod);
    }

    @Override
    public void onDelete(Pod pod, boolean unknownFinalState) {
      lastSeen.put(pod.getMetadata().getUid(), pod);
      gone.add(pod.getMetadata().getUid());
    }
  }
}
