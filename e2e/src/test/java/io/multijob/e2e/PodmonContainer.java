package io.multijob.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Podmon's container in the manifests of pods, as its operating instructions have it.
///
/// @param image its image
/// @param resources what it asks for, in YAML: `{}` for nothing
record PodmonContainer(String image, String resources) {
  static final String NAME = "zzzzmonitor";

  private static final String CGROUP_VOLUME =
      "volumes: [{name: cgroup, hostPath: {path: /sys/fs/cgroup, type: Directory}}]";

  static PodmonContainer of(String image) {
    return new PodmonContainer(image, "{}");
  }

  /// With these requests and limits.
  PodmonContainer resources(String yaml) {
    return new PodmonContainer(image, yaml);
  }

  /// The pod with podmon as a native sidecar, the last of the init containers.
  ///
  /// @param earlier the other init containers, in YAML
  OneTimePod sidecarOf(OneTimePod pod, String... earlier) {
    List<String> containers = new ArrayList<>(List.of(earlier));
    containers.add(yaml("restartPolicy: Always"));
    return pod.spec(CGROUP_VOLUME, "initContainers: [" + String.join(", ", containers) + "]");
  }

  /// The pod with podmon as one more regular container, the last.
  OneTimePod besideThoseOf(OneTimePod pod) {
    int others = 1 + pod.beside().size();
    OneTimePod with = pod.spec(CGROUP_VOLUME);
    return new OneTimePod(
        with.name(),
        with.spec(),
        with.container(),
        Stream.concat(with.beside().stream(), Stream.of(yaml("", variable(others)))).toList());
  }

  private static String variable(int others) {
    return ", {name: OPTUNE_CONTAINERS, value: '%d'}".formatted(others);
  }

  private String yaml(String field, String... variables) {
    return """
    {name: %s, image: %s, imagePullPolicy: IfNotPresent, terminationMessagePolicy: File, %s \
    env: [{name: POD_UID, valueFrom: {fieldRef: {fieldPath: metadata.uid}}}%s], \
    resources: %s, \
    securityContext: {runAsNonRoot: true, runAsUser: 65534, runAsGroup: 65534, \
    readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, \
    seccompProfile: {type: RuntimeDefault}}, \
    volumeMounts: [{name: cgroup, mountPath: /host/cgroup, readOnly: true}]}\
    """
        .formatted(
            NAME, image, field.isEmpty() ? "" : field + ",", String.join("", variables), resources);
  }
}
