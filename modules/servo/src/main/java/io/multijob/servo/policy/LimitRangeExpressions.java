package io.multijob.servo.policy;

import io.multijob.servo.pod.Pod;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import tools.jackson.databind.JsonNode;

/// How the policy fits podmon into a LimitRange, which it gets as its parameter, once for each that
/// the namespace has: the rules of `injection`, of which the pod would be refused otherwise.
///
/// A LimitRange has at most one item of a type. The bindings are evaluated in any order, so what is
/// left out must not come again: the pod says so in an annotation.
final class LimitRangeExpressions {
  private final PodmonParts podmon;

  LimitRangeExpressions(PodmonParts podmon) {
    this.podmon = podmon;
  }

  SequencedMap<String, String> variables() {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("forContainers", item("Container"));
    variables.put("forPods", item("Pod"));
    variables.put(
        "at",
        """
        params == null ? [] : object.spec.?initContainers.orValue([]).transformList(i, c,
          c.name == %s && c.image == %s && has(c.resources.limits) && has(c.resources.requests), i)\
        """
            .formatted(Cel.string(Pod.MONITOR), Cel.string(image())));
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

  /// A list of operations. They go before the last, so that indices hold.
  String change() {
    return """
    variables.at.size() == 0 ? [] : !variables.tooTight ?
      [JSONPatch{op: 'replace', path: '/spec/initContainers/' + string(variables.at[0]) + '/resources', value:
        Object.spec.initContainers.resources{requests: variables.podmonRequests, limits: variables.podmonLimits}}] :
      (has(object.metadata.annotations) ? [] : [JSONPatch{op: 'add', path: '/metadata/annotations', value: {}}]) +
      [JSONPatch{op: 'add', path: '/metadata/annotations/%s', value: 'a LimitRange leaves too little for it'},
       JSONPatch{op: 'remove', path: '/spec/initContainers/' + string(variables.at[0])}] +
      object.spec.?volumes.orValue([]).transformList(i, v, v.name in [%s], JSONPatch{op: 'remove', path: '/spec/volumes/' + string(i)})\
    """
        .formatted(
            PolicyNotes.LEFT_OUT.replace("/", "~1"),
            podmon.volumes().stream()
                .map(volume -> Cel.string(volume.path("name").asString()))
                .findFirst()
                .orElse("''"));
  }

  private String image() {
    return podmon.container().path("image").asString();
  }

  private static String item(String type) {
    return "params == null ? {} : params.spec.limits.filter(l, l.type == '%1$s').size() == 0 ? {} : params.spec.limits.filter(l, l.type == '%1$s')[0]"
        .formatted(type);
  }

  /// By resource, within minimum and maximum.
  private static String sizes(String kind, String more) {
    return """
    ['cpu', 'memory'].transformMapEntry(i, r, true, {r: [string(object.spec.initContainers[variables.at[0]].resources.%s[r])]
      .map(q, variables.forContainers.?min[?r].optMap(m, quantity(q).isLessThan(quantity(m)) ? string(m) : q).orValue(q))
      .map(q, variables.forContainers.?max[?r].optMap(m, quantity(q).isGreaterThan(quantity(m)) ? string(m) : q).orValue(q))%s[0]})\
    """
        .formatted(kind, more);
  }

  private String tooTight() {
    return """
    quantity(variables.podmonLimits['memory']).isLessThan(quantity(%s)) || sign(quantity(variables.podmonLimits['cpu'])) <= 0
      || ['cpu', 'memory'].exists(r, variables.forPods.?max[?r].optMap(m, quantity(m).asApproximateFloat()
        < quantity(variables.podmonLimits[r]).asApproximateFloat()
          + (object.spec.containers + object.spec.initContainers.filter(c, c.?restartPolicy.orValue('') == 'Always' && c.name != %s))
            .map(c, quantity(c.?resources.?limits[?r].orValue('0')).asApproximateFloat()).sum()).orValue(false))\
    """
        .formatted(Cel.string(leastMemory()), Cel.string(Pod.MONITOR));
  }

  /// What it asks for where it asks for least.
  private String leastMemory() {
    JsonNode requests = podmon.burstable().path("requests");
    return requests.path("memory").asString("0");
  }
}
