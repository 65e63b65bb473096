package io.multijob.servo.policy;

import io.multijob.servo.pod.Pod;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// How the policy fits podmon into a LimitRange, which it gets as its parameter, once for each that
/// the namespace has: the rules of `injection`, of which the pod would be refused otherwise.
///
/// A LimitRange has at most one item of a type. The bindings are evaluated in any order, so podmon
/// may be in the pod already, and what is left out must not come again: the pod says so in an
/// annotation.
final class LimitRangeExpressions {
  private final PodmonParts podmon;
  private final SettingsExpressions settings;

  LimitRangeExpressions(PodmonParts podmon, SettingsExpressions settings) {
    this.podmon = podmon;
    this.settings = settings;
  }

  /// Where podmon is already, if it is to be fitted: a list of one number or none.
  String at() {
    return """
    params == null ? [] : object.spec.?initContainers.orValue([]).transformList(i, c,
      c.name == %s && c.image == %s && has(c.resources.limits) && has(c.resources.requests), i)\
    """
        .formatted(
            Cel.string(Pod.MONITOR), Cel.string(podmon.container().path("image").asString()));
  }

  /// By name; they need `at`, and `usual`, podmon's resources where it is to be put in.
  SequencedMap<String, String> variables() {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("forContainers", item("Container"));
    variables.put("forPods", item("Pod"));
    variables.put("podmonLimits", sizes("limits", ""));
    variables.put(
        "podmonRequests",
        sizes(
            "requests",
            """

              .map(q, variables.forContainers.?maxLimitRequestRatio[?r].optMap(x,
                [quantity(variables.podmonLimits[r]).asApproximateFloat() / quantity(x).asApproximateFloat()].map(least,
                  quantity(q).asApproximateFloat() >= least ? q : least >= quantity(variables.podmonLimits[r]).asApproximateFloat() ? variables.podmonLimits[r] : r == 'cpu' ? string(int(least * 1000.0 + 0.999)) + 'm' : string(int(least + 0.999)))[0]).orValue(q))\
            """));
    variables.put("tooTight", tooTight());
    return variables;
  }

  /// Podmon's resources where it is put in.
  String fitted() {
    return "params == null || variables.usual.size() == 0 ? variables.usual :"
        + " {'requests': dyn(variables.podmonRequests), 'limits': dyn(variables.podmonLimits)}";
  }

  /// A list of operations where there is no place for podmon or it is in the pod already, as the
  /// beginning of a conditional expression.
  String operations() {
    return """
    variables.tooTight ?
        [JSONPatch{op: 'add', path: '/metadata/annotations/%s', value: 'a LimitRange leaves too little for it'}] +
        variables.at.map(i, JSONPatch{op: 'remove', path: '/spec/initContainers/' + string(i)}) +
        (variables.at.size() == 0 ? [] : object.spec.?volumes.orValue([]).transformList(i, v, v.name in %s, JSONPatch{op: 'remove', path: '/spec/volumes/' + string(i)}).reverse())
      : variables.at.size() > 0 ?
        [JSONPatch{op: 'replace', path: '/spec/initContainers/' + string(variables.at[0]) + '/resources',
          value: {'requests': variables.podmonRequests, 'limits': variables.podmonLimits}}]\
    """
        .formatted(
            PolicyNotes.LEFT_OUT.replace("/", "~1"),
            Cel.strings(
                podmon.volumes().stream().map(volume -> volume.path("name").asString()).toList()));
  }

  private static String item(String type) {
    return "params == null ? {} : params.spec.limits.filter(l, l.type == '%1$s').size() == 0 ? {} : params.spec.limits.filter(l, l.type == '%1$s')[0]"
        .formatted(type);
  }

  /// By resource, within minimum and maximum.
  private static String sizes(String kind, String more) {
    return """
    ['cpu', 'memory'].transformMapEntry(i, r, true, {r: [string(variables.at.size() > 0 ? object.spec.initContainers[variables.at[0]].resources.%1$s[r] : variables.usual.%1$s[r])]
      .map(q, variables.forContainers.?min[?r].optMap(m, quantity(q).isLessThan(quantity(m)) ? string(m) : q).orValue(q))
      .map(q, variables.forContainers.?max[?r].optMap(m, quantity(q).isGreaterThan(quantity(m)) ? string(m) : q).orValue(q))%2$s[0]})\
    """
        .formatted(kind, more);
  }

  /// Where podmon is put in or is already, and has resources.
  private String tooTight() {
    return """
    params != null && variables.at.size() + variables.usual.size() > 0
      && (quantity(variables.podmonLimits['memory']).isLessThan(quantity(%s)) || sign(quantity(variables.podmonLimits['cpu'])) <= 0
        || ['cpu', 'memory'].exists(r, variables.forPods.?max[?r].optMap(m, quantity(m).asApproximateFloat()
          < quantity(variables.podmonLimits[r]).asApproximateFloat()
            + object.spec.containers.transformList(n, c, quantity(%s.orValue('0')).asApproximateFloat()).sum()
            + object.spec.?initContainers.orValue([]).filter(c, c.?restartPolicy.orValue('') == 'Always' && c.name != %s)
                .map(c, quantity(%s.orValue('0')).asApproximateFloat()).sum()).orValue(false)))\
    """
        .formatted(
            Cel.string(leastMemory()),
            settings.amount("limits"),
            Cel.string(Pod.MONITOR),
            SettingsExpressions.authors("limits"));
  }

  /// What it asks for where it asks for least.
  private String leastMemory() {
    return podmon.burstable().path("requests").path("memory").asString("0");
  }
}
