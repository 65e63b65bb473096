package io.multijob.servo.policy;

import io.multijob.servo.adjustment.AdjustmentNotes;
import io.multijob.servo.adjustment.Mode;
import io.multijob.servo.adjustment.Target;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How the policy sets the settings of an app in a pod: variables, each by those before it, and
/// operations of a JSON patch.
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
    variables.put("told", told(AdjustmentNotes.ADJUSTMENT));
    variables.put("author", told(AdjustmentNotes.AUTHOR));
    variables.put("items", items());
    return variables;
  }

  /// When [#operations] writes annotations.
  String notes() {
    return "variables.items.size() > 0";
  }

  /// A list of operations. They cannot refuse the pod: an amount is set only where it is a valid
  /// quantity.
  String operations() {
    return switch (mode) {
      case APPLY ->
          """
          variables.items.size() == 0 ? [] :
            [%s,
             %s] +
            object.spec.containers.transformList(n, c,
              %svariables.limits[n].transformList(r, to, JSONPatch{op: 'add', path: '/spec/containers/' + string(n) + '/resources/limits/' + r, value: to}) +
              variables.requests[n].transformList(r, to, JSONPatch{op: 'add', path: '/spec/containers/' + string(n) + '/resources/requests/' + r, value: string(to)}) +
              variables.env[n].map(e, JSONPatch{op: 'add', path: '/spec/containers/' + string(n) + '/env/' + string(e) + '/value', value: variables.settings[c.name + ':env.' + c.env[e].name]})).flatten()\
          """
              .formatted(
                  note(AdjustmentNotes.ADJUSTMENT, 1), note(AdjustmentNotes.AUTHOR, 2), parents());
      case DRY_RUN ->
          "variables.items.size() == 0 ? [] : [%s]"
              .formatted(note(AdjustmentNotes.WOULD_ADJUST, 1));
    };
  }

  /// What a container of the pod (`c`, the pod's number `n`) has of resource `r` once the settings
  /// are in it.
  ///
  /// @param kind `limits` or `requests`
  String amount(String kind) {
    return mode == Mode.APPLY
        ? "variables.%s[n][?r].or(%s)".formatted(kind, authors(kind))
        : authors(kind);
  }

  /// The same as its author made it.
  static String authors(String kind) {
    return "c.?resources.?%s[?r]".formatted(kind);
  }

  /// Makes the maps that a container does not have.
  private String parents() {
    if (target == Target.AUTO) {
      return ""; // then only what is there is set
    }
    return """
    (has(c.resources) || variables.limits[n].size() + variables.requests[n].size() == 0 ? [] :
            [JSONPatch{op: 'add', path: '/spec/containers/' + string(n) + '/resources', value: {}}]) +
          %s%s\
    """
        .formatted(parent("limits"), parent("requests"));
  }

  private static String parent(String kind) {
    return """
    (c.?resources.?%1$s.hasValue() || variables.%1$s[n].size() == 0 ? [] :
            [JSONPatch{op: 'add', path: '/spec/containers/' + string(n) + '/resources/%1$s', value: {}}]) +
          \
    """
        .formatted(kind);
  }

  private static String note(String annotation, int part) {
    return "JSONPatch{op: 'add', path: %s, value: variables.items.map(i, i[0] + '=' + i[%d]).join(' ')}"
        .formatted(Cel.string("/metadata/annotations/" + annotation.replace("/", "~1")), part);
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

  /// The numbers of the variables that are set, by container.
  private static String env() {
    return """
    object.spec.containers.map(c, c.?env.orValue([]).transformList(i, e,
      (c.name + ':env.' + e.name) in variables.settings && e.?value.orValue('').matches(%s) && c.env.exists_one(f, f.name == e.name), i))\
    """
        .formatted(Cel.string(NUMBER));
  }

  private static String told(String annotation) {
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
      + variables.env[n].map(i, c.env[i]).map(e, [string(c.name) + ':env.' + string(e.name), variables.settings[c.name + ':env.' + e.name], string(e.value)]))
      .flatten().map(i, [i[0], i[1],
        i[2] != '' && variables.told[?i[0]].orValue('') == i[2] ? variables.author[?i[0]].orValue(i[2]) : i[2]])\
    """;
  }
}
