package io.multijob.servo.policy;

import io.multijob.servo.pod.Pod;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How the policy puts podmon into a pod: variables, and operations of a JSON patch.
///
/// After the settings, because they may change the pod's quality of service class, which podmon's
/// resources must keep.
final class PodmonExpressions {
  private static final String CONTAINER = "Object.spec.initContainers";

  private final PodmonParts podmon;

  PodmonExpressions(PodmonParts podmon) {
    this.podmon = podmon;
  }

  SequencedMap<String, String> variables() {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("all", "object.spec.containers + object.spec.?initContainers.orValue([])");
    variables.put("podmon", wanted());
    if (!podmon.burstable().isEmpty()) {
      variables.put(
          "bestEffort",
          """
          variables.all.all(c, ['cpu', 'memory'].all(r, sign(quantity(c.?resources.?requests[?r].orValue('0'))) == 0
            && sign(quantity(c.?resources.?limits[?r].orValue('0'))) == 0))\
          """);
    }
    if (hasTwoSizes()) {
      variables.put(
          "guaranteed",
          """
          variables.all.all(c, ['cpu', 'memory'].all(r, sign(quantity(c.?resources.?limits[?r].orValue('0'))) > 0
            && quantity(c.?resources.?requests[?r].orValue(c.resources.limits[r])).compareTo(quantity(c.resources.limits[r])) == 0))\
          """);
    }
    return variables;
  }

  /// A list of operations.
  String change() {
    return """
    !variables.podmon ? [] :
      %s(has(object.spec.initContainers) ? [] : [JSONPatch{op: 'add', path: '/spec/initContainers', value: []}]) +
      [JSONPatch{op: 'add', path: '/spec/initContainers/-', value: %s}]\
    """
        .formatted(volumes(), container());
  }

  /// As [io.multijob.servo.injection.Injection] has it, as far as the API server can know it.
  private String wanted() {
    String wanted =
        """
        %s && !variables.all.exists(c, c.name == %s)
          && !(%s in object.metadata.?annotations.orValue({}))
          && object.spec.?os.?name.orValue(object.spec.?nodeSelector[?'kubernetes.io/os'].orValue('')) != 'windows'\
        """
            .formatted(
                PolicyNotes.allowed(PolicyNotes.INJECT),
                Cel.string(Pod.MONITOR),
                Cel.string(PolicyNotes.LEFT_OUT));
    return podmon.volumes().stream()
        .map(PodmonExpressions::canBeMounted)
        .collect(Collectors.joining("", wanted, ""));
  }

  /// Some namespaces forbid host paths, and some pods cannot mount cgroups.
  private static String canBeMounted(JsonNode volume) {
    return """

      && !(namespaceObject.metadata.?labels[?'pod-security.kubernetes.io/enforce'].orValue('') in ['baseline', 'restricted'])
      && object.spec.?hostUsers.orValue(true)
      && !object.spec.?volumes.orValue([]).exists(v, v.name == %s && v.?hostPath.?path.orValue('') != %s)\
    """
        .formatted(
            Cel.string(volume.path("name").asString()),
            Cel.string(volume.path("hostPath").path("path").asString()));
  }

  private String volumes() {
    if (podmon.volumes().isEmpty()) {
      return "";
    }
    return "(has(object.spec.volumes) ? [] :"
        + " [JSONPatch{op: 'add', path: '/spec/volumes', value: []}]) +\n  "
        + podmon.volumes().stream()
            .map(PodmonExpressions::volume)
            .collect(Collectors.joining(" +\n  "))
        + " +\n  ";
  }

  private static String volume(JsonNode volume) {
    return """
    (object.spec.?volumes.orValue([]).exists(v, v.name == %s) ? [] :
        [JSONPatch{op: 'add', path: '/spec/volumes/-', value: %s}])\
    """
        .formatted(
            Cel.string(volume.path("name").asString()), Cel.object(volume, "Object.spec.volumes"));
  }

  private String container() {
    String whole = Cel.object(podmon.container(), CONTAINER);
    if (podmon.burstable().isEmpty()) {
      return whole;
    }
    String type = CONTAINER + ".resources";
    String sized = Cel.object(podmon.burstable(), type);
    if (hasTwoSizes()) {
      sized =
          "variables.guaranteed ? %s : %s".formatted(Cel.object(podmon.guaranteed(), type), sized);
    }
    return whole.substring(0, whole.length() - 1)
        + ",\n    resources: has(object.spec.resources) || variables.bestEffort ? %s{} : %s}"
            .formatted(type, sized);
  }

  private boolean hasTwoSizes() {
    return !podmon.burstable().equals(podmon.guaranteed());
  }
}
