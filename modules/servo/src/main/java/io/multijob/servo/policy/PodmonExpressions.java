package io.multijob.servo.policy;

import io.multijob.servo.pod.Pod;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How the policy puts podmon into a pod: variables, and operations of a JSON patch.
///
/// Its size is for the pod as it is with its settings, because they may change the quality of
/// service class, which podmon's resources must keep.
final class PodmonExpressions {
  /// Of a resource's limit and request.
  private static final String AMOUNTS_TO_NOTHING =
      "sign(quantity(%s.orValue('0'))) == 0 && sign(quantity(%s.orValue('0'))) == 0";

  private static final String IS_THE_SAME =
      "[%s.orValue('0')].all(l, sign(quantity(l)) > 0 && quantity(%s.orValue(l)).compareTo(quantity(l)) == 0)";

  private final PodmonParts podmon;
  private final SettingsExpressions settings;
  private final LimitRangeExpressions limitRanges;

  /// @param settings what becomes of the pod's other containers
  PodmonExpressions(PodmonParts podmon, SettingsExpressions settings) {
    this.podmon = podmon;
    this.settings = settings;
    this.limitRanges = new LimitRangeExpressions(podmon, settings);
  }

  SequencedMap<String, String> variables() {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("wanted", wanted());
    variables.put("bestEffort", ofAll(AMOUNTS_TO_NOTHING));
    variables.put("at", limitRanges.at());
    variables.put("usual", usual());
    variables.putAll(limitRanges.variables());
    return variables;
  }

  /// When [#operations] writes annotations.
  String notes() {
    return "variables.tooTight";
  }

  /// A list of operations. What removes goes from the last to the first, so that indices hold.
  String operations() {
    return """
    %s
      : !variables.wanted ? [] :
      %s(has(object.spec.initContainers) ? [] : [JSONPatch{op: 'add', path: '/spec/initContainers', value: []}]) +
      [JSONPatch{op: 'add', path: '/spec/initContainers/-', value: %s}]\
    """
        .formatted(limitRanges.operations(), volumes(), container());
  }

  /// As [io.multijob.servo.injection.Injection] has it, as far as the API server can know it.
  private String wanted() {
    String wanted =
        """
        %s && !(object.spec.containers + object.spec.?initContainers.orValue([])).exists(c, c.name == %s)
          && !(%s in object.metadata.?annotations.orValue({}))
          && object.spec.?os.?name.orValue(object.spec.?nodeSelector[?'kubernetes.io/os'].orValue('')) != 'windows'\
        """
            .formatted(
                PolicyNotes.allowed(PolicyNotes.INJECT),
                Cel.string(Pod.MONITOR),
                Cel.string(PolicyNotes.LEFT_OUT));
    return podmon.volumes().stream()
        .filter(volume -> volume.has("hostPath"))
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

  /// Podmon's resources where no LimitRange says otherwise; none where it must have none.
  private String usual() {
    return """
    !variables.wanted || has(object.spec.resources) || variables.bestEffort ? {} :
      %s ?
        %s : %s\
    """
        .formatted(ofAll(IS_THE_SAME), Cel.json(podmon.guaranteed()), Cel.json(podmon.burstable()));
  }

  /// True of every container and each resource `r`.
  private String ofAll(String test) {
    return """
    object.spec.containers.all(n, c, ['cpu', 'memory'].all(r, %s))
        && object.spec.?initContainers.orValue([]).all(c, ['cpu', 'memory'].all(r, %s))\
    """
        .formatted(
            test.formatted(settings.amount("limits"), settings.amount("requests")),
            test.formatted(
                SettingsExpressions.authors("limits"), SettingsExpressions.authors("requests")));
  }

  private String volumes() {
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
        .formatted(Cel.string(volume.path("name").asString()), Cel.json(volume));
  }

  private String container() {
    String whole = Cel.json(podmon.container());
    return whole.substring(0, whole.length() - 1)
        + ",\n    'resources': dyn(%s)}".formatted(limitRanges.fitted());
  }
}
