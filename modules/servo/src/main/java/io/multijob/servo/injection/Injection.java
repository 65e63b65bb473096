package io.multijob.servo.injection;

import io.multijob.servo.adjustment.QosClass;
import io.multijob.servo.injection.Injected.Reason;
import io.multijob.servo.pod.Pod;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts podmon into pods: one shape, whoever puts it in.
///
/// Idempotent: a pod that has podmon is left as it is, except that our own native sidecar becomes
/// the last init container again where another has put its own behind it.
///
/// Thread-safe.
public final class Injection {
  /// The volume through which podmon reads the node's cgroups.
  public static final String VOLUME = "zzzzmonitor-cgroup";

  /// The volume that podmon has where a container finds its service account's token: it is empty.
  ///
  /// A container that mounts nothing there is given the token by the API server: podmon needs none.
  /// And because that would happen after the webhook, the webhook would be asked about each pod
  /// once more.
  public static final String NO_TOKEN_VOLUME = "zzzzmonitor-no-token";

  private static final String CGROUPS = "/sys/fs/cgroup";
  private static final List<String> CONTAINER_LISTS =
      List.of("containers", "initContainers", "ephemeralContainers");

  private final PodmonImage image;
  private final Hosting hosting;
  private final PodmonContainer container;

  /// @param reportTarget whom podmon posts its figures to as well, `host` or `host:port`; empty for
  ///   nobody
  public Injection(PodmonImage image, Hosting hosting, String reportTarget) {
    this.image = image;
    this.hosting = hosting;
    this.container = new PodmonContainer(image, reportTarget);
  }

  /// True where podmon reads the node's files, which a namespace may forbid.
  public boolean needsHostPath() {
    return image.kind() == PodmonImage.Kind.PODMON;
  }

  /// Puts podmon into `pod`, which is changed in place only where the answer is [Injected.Done] (or
  /// the sidecar had to become the last again).
  ///
  /// @param pod its document; settings that belong into it are in it already, because they may
  ///   change its QoS class
  /// @param limitRanges the namespace's LimitRange documents, as far as they are known
  public Injected inject(ObjectNode pod, List<JsonNode> limitRanges) {
    if (!(pod.path("spec") instanceof ObjectNode spec)
        || !(spec.path("containers") instanceof ArrayNode containers)) {
      throw new IllegalArgumentException("a pod without spec.containers");
    }
    if (hasPodmon(spec)) {
      makeLast(spec);
      return new Injected.Already();
    }
    Optional<Reason> obstacle = obstacle(spec);
    if (obstacle.isPresent()) {
      return new Injected.Left(obstacle.get());
    }
    PodmonSize size = PodmonSize.within(LimitRanges.of(limitRanges), spec);
    if (!size.isEnough()) {
      return new Injected.Left(Reason.LIMIT_RANGE);
    }
    ObjectNode resources = size.resources(QosClass.of(spec), spec);
    switch (hosting) {
      case NATIVE_SIDECAR -> spec.withArray("initContainers").add(container.sidecar(resources));
      case LAST_CONTAINER -> containers.add(container.regular(resources, containers.size()));
    }
    if (needsHostPath() && volume(spec, VOLUME).isEmpty()) {
      spec.withArray("volumes").add(cgroupVolume());
    }
    if (volume(spec, NO_TOKEN_VOLUME).isEmpty()) {
      spec.withArray("volumes").add(noTokenVolume());
    }
    return new Injected.Done();
  }

  private Optional<Reason> obstacle(ObjectNode spec) {
    if (isForWindows(spec)) {
      return Optional.of(Reason.WINDOWS);
    }
    if (!needsHostPath()) {
      return hosting == Hosting.LAST_CONTAINER
          ? Optional.of(Reason.SLEEPER_WITHOUT_NATIVE_SIDECARS)
          : Optional.empty();
    }
    // The kubelet maps the ids of every mount of such a pod, and the kernel knows no such mount of
    // cgroups: the container could not be made.
    if (!spec.path("hostUsers").asBoolean(true)) {
      return Optional.of(Reason.USER_NAMESPACE);
    }
    return volume(spec, VOLUME)
        .filter(other -> !other.path("hostPath").path("path").asString("").equals(CGROUPS))
        .map(other -> Reason.NAME_TAKEN);
  }

  private static boolean isForWindows(ObjectNode spec) {
    String selected = spec.path("nodeSelector").path("kubernetes.io/os").asString("");
    return spec.path("os").path("name").asString(selected).equals("windows");
  }

  private static boolean hasPodmon(ObjectNode spec) {
    for (String list : CONTAINER_LISTS) {
      for (JsonNode each : spec.path(list)) {
        if (isPodmon(each)) {
          return true;
        }
      }
    }
    return false;
  }

  /// What starts after podmon would be taken for a workload.
  private void makeLast(ObjectNode spec) {
    if (!(spec.path("initContainers") instanceof ArrayNode containers)) {
      return;
    }
    for (int i = 0; i < containers.size() - 1; i++) {
      JsonNode each = containers.get(i);
      if (isPodmon(each)
          && each.path("image").asString("").equals(image.name())
          && each.path("restartPolicy").asString("").equals("Always")) {
        containers.add(containers.remove(i));
        return;
      }
    }
  }

  private static boolean isPodmon(JsonNode container) {
    return container.path("name").asString("").equals(Pod.MONITOR);
  }

  private static Optional<JsonNode> volume(ObjectNode spec, String name) {
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.path("name").asString("").equals(name)) {
        return Optional.of(volume);
      }
    }
    return Optional.empty();
  }

  private static ObjectNode cgroupVolume() {
    ObjectNode volume = PodmonContainer.object().put("name", VOLUME);
    volume.putObject("hostPath").put("path", CGROUPS).put("type", "Directory");
    return volume;
  }

  private static ObjectNode noTokenVolume() {
    ObjectNode volume = PodmonContainer.object().put("name", NO_TOKEN_VOLUME);
    volume.putObject("emptyDir");
    return volume;
  }
}
