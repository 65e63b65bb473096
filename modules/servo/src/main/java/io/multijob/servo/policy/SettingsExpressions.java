package io.multijob.servo.policy;

import io.multijob.servo.adjustment.AdjustmentNotes;
import io.multijob.servo.adjustment.Mode;
import io.multijob.servo.adjustment.Target;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How the policy sets the settings of an app in a pod: variables, each by those before it, and the
/// change.
///
/// The rules are those of `adjustment`, as far as settings that were made for an earlier pod of the
/// app need them: a container or an environment variable that the pod lacks is passed over, what is
/// no valid amount counts as not said, a request is never above its limit, and with [Target#AUTO]
/// nothing is set that the container does not have, so that the pod keeps its class.
final class SettingsExpressions {
  private static final String NUMBER =
      "^-?(0|[1-9][0-9]{0,14})([.][0-9]{1,15})?([eE][+-]?[0-9]{1,2})?$";

  private final Mode mode;
  private final Target target;

  SettingsExpressions(Mode mode, Target target) {
    this.mode = mode;
    this.target = target;
  }

  /// By name.
  SequencedMap<String, String> variables() {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("settings", settings());
    variables.put("limits", limits());
    variables.put("requests", requests());
    variables.put("env", env());
    variables.put("told", note(AdjustmentNotes.ADJUSTMENT));
    variables.put("author", note(AdjustmentNotes.AUTHOR));
    variables.put("items", items());
    return variables;
  }

  /// What is applied to the pod. Amounts are merged into what it has, so that one that does not
  /// decode cannot refuse the pod.
  String change() {
    return switch (mode) {
      case APPLY ->
          """
          variables.items.size() == 0 ? Object{} : Object{
            metadata: Object.metadata{annotations: {%s: %s, %s: %s}},
            spec: Object.spec{containers: object.spec.containers.transformList(n, c, Object.spec.containers{
              name: c.name,
              resources: Object.spec.containers.resources{limits: variables.limits[n], requests: variables.requests[n]},
              env: variables.env[n].map(e, Object.spec.containers.env{name: e.name, value: variables.settings[c.name + ':env.' + e.name]})})}}\
          """
              .formatted(
                  Cel.string(AdjustmentNotes.ADJUSTMENT),
                  text(1),
                  Cel.string(AdjustmentNotes.AUTHOR),
                  text(2));
      case DRY_RUN ->
          """
          variables.items.size() == 0 ? Object{} : Object{
            metadata: Object.metadata{annotations: {%s: %s}}}\
          """
              .formatted(Cel.string(AdjustmentNotes.WOULD_ADJUST), text(1));
    };
  }

  private static String text(int part) {
    return "variables.items.map(i, i[0] + '=' + i[%d]).join(' ')".formatted(part);
  }

  /// Item and value. An item that is there twice makes the settings void.
  private static String settings() {
    return """
    !(%s) ? {} :
      namespaceObject.metadata.?annotations[?%s + variables.app].orValue('').split(' ').map(s, s.split('=')).transformMapEntry(i, kv,
        size(kv) == 2 && (kv[0].contains(':env.') ? kv[1].matches(%s) : isQuantity(kv[1]) && sign(quantity(kv[1])) > 0),
        {kv[0]: kv[1]})\
    """
        .formatted(
            PolicyNotes.allowed(PolicyNotes.ADJUST),
            Cel.string(PolicyNotes.SETTINGS_PREFIX),
            Cel.string(NUMBER));
  }

  private String limits() {
    return """
    object.spec.containers.map(c, ['cpu', 'memory'].transformMapEntry(i, r,
      !has(object.spec.resources) && (c.name + ':limits.' + r) in variables.settings%s,
      {r: variables.settings[c.name + ':limits.' + r]}))\
    """
        .formatted(onlyWhatIsThere("limits"));
  }

  /// The setting, or what the pod has, and never above the limit.
  private String requests() {
    return """
    object.spec.containers.transformList(n, c, ['cpu', 'memory'].transformMapEntry(i, r,
      !has(object.spec.resources) && variables.settings[?c.name + ':requests.' + r].or(c.?resources.?requests[?r]).hasValue()%s,
      {r: [variables.settings[?c.name + ':requests.' + r].or(c.?resources.?requests[?r]).value()].map(want,
        variables.limits[n][?r].or(c.?resources.?limits[?r]).optMap(limit,
          %squantity(want).isGreaterThan(quantity(limit)) ? limit : want).orValue(want))[0]}))\
    """
        .formatted(onlyWhatIsThere("requests"), equalStaysEqual());
  }

  private String onlyWhatIsThere(String kind) {
    return target == Target.AUTO ? " && c.?resources.?%s[?r].hasValue()".formatted(kind) : "";
  }

  private String equalStaysEqual() {
    return target == Target.AUTO
        ? "c.?resources.?limits[?r].hasValue()"
            + " && quantity(c.resources.requests[r]).compareTo(quantity(c.resources.limits[r])) == 0 || "
        : "";
  }

  private static String env() {
    return """
    object.spec.containers.map(c, c.?env.orValue([]).filter(e,
      (c.name + ':env.' + e.name) in variables.settings && e.?value.orValue('').matches(%s) && c.env.exists_one(f, f.name == e.name)))\
    """
        .formatted(Cel.string(NUMBER));
  }

  private static String note(String annotation) {
    return """
    object.metadata.?annotations[?%s].orValue('').split(' ').map(s, s.split('=')).transformMapEntry(i, kv, size(kv) == 2, {kv[0]: kv[1]})\
    """
        .formatted(Cel.string(annotation));
  }

  /// What is set: item, value, and what the author had. What an earlier pass has set is not the
  /// author's.
  private static String items() {
    return """
    object.spec.containers.transformList(n, c,
      ['cpu', 'memory'].filter(r, r in variables.limits[n])
        .map(r, [string(c.name) + ':limits.' + r, string(variables.limits[n][r]), string(c.?resources.?limits[?r].orValue(''))])
      + ['cpu', 'memory'].filter(r, r in variables.requests[n]
          && ((c.name + ':requests.' + r) in variables.settings || variables.requests[n][r] != c.?resources.?requests[?r].orValue('')))
        .map(r, [string(c.name) + ':requests.' + r, string(variables.requests[n][r]), string(c.?resources.?requests[?r].orValue(''))])
      + variables.env[n].map(e, [string(c.name) + ':env.' + string(e.name), variables.settings[c.name + ':env.' + e.name], string(e.value)]))
      .flatten().map(i, [i[0], i[1],
        i[2] != '' && variables.told[?i[0]].orValue('') == i[2] ? variables.author[?i[0]].orValue(i[2]) : i[2]])\
    """;
  }
}
