package io.multijob.servo.policy;

import io.multijob.servo.policy.PolicySettings.Finalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The MutatingAdmissionPolicy `servo` and its bindings, as text to be applied.
///
/// What fails in it is ignored, and leaves the pod as it was. It comes before every webhook, and
/// only once.
public final class AdmissionPolicy {
  private static final String FINALIZER = "servo.optune.io/measurement";

  private static final String LIMIT_RANGES =
      """
      ---
      # Once more for each LimitRange of the pod's namespace.
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicyBinding
      metadata: {name: servo-limit-ranges}
      spec: {policyName: servo, paramRef: {selector: {}, parameterNotFoundAction: Allow}}
      """;

  private final PolicySettings settings;
  private final String appIds;
  private final SettingsExpressions adjusting;
  private final Optional<PodmonExpressions> podmon;

  /// @throws InexpressiblePathException if a policy cannot follow the app-id path
  public AdmissionPolicy(PolicySettings settings) {
    this.settings = settings;
    this.appIds = AppIdExpression.of(settings.appId());
    this.adjusting = new SettingsExpressions(settings.mode(), settings.target());
    this.podmon = settings.podmon().map(parts -> new PodmonExpressions(parts, adjusting));
  }

  /// The policy and its binding, in YAML; and where podmon is put in, a second one for LimitRanges.
  public String yaml() {
    return """
    # Of `servo policy`. It comes before every webhook; what fails in it leaves the pod as it is.
    %sapiVersion: admissionregistration.k8s.io/v1
    kind: MutatingAdmissionPolicy
    metadata: {name: servo}
    spec:
      failurePolicy: Ignore
      reinvocationPolicy: Never
    %s  matchConstraints:
        namespaceSelector:
          matchExpressions:
          - {key: kubernetes.io/metadata.name, operator: %s, values: [%s]}
        resourceRules:
        - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
      matchConditions:
      - name: one-time
        expression: object.spec.restartPolicy == 'Never'
      - name: not-static
        expression: "!('kubernetes.io/config.mirror' in object.metadata.?annotations.orValue({}))"
      - name: ours
        expression: |-
    %s
      variables:
    %s  mutations:
      - patchType: JSONPatch
        jsonPatch:
          expression: |-
    %s
    ---
    apiVersion: admissionregistration.k8s.io/v1
    kind: MutatingAdmissionPolicyBinding
    metadata: {name: servo}
    spec: {policyName: servo}
    %s\
    """
        .formatted(
            settings.finalizer() == Finalizer.ADDED
                ? "# It holds pods: before an uninstall delete it, and then run `servo release`.\n"
                : "",
            settings.podmon().isPresent()
                ? "  paramKind: {apiVersion: v1, kind: LimitRange} # by the second binding alone\n"
                : "",
            settings.namespaces().operator(),
            settings.namespaces().names().stream().collect(Collectors.joining(", ")),
            indented("(" + appIds + ").size() > 0", 6),
            variables(),
            indented(patch(), 8),
            settings.podmon().isPresent() ? LIMIT_RANGES : "");
  }

  private String variables() {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    variables.put("app", "(" + appIds + ")[0]");
    variables.putAll(adjusting.variables());
    podmon.ifPresent(each -> variables.putAll(each.variables()));
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      text.append("  - name: %s\n    expression: |-\n".formatted(variable.getKey()))
          .append(indented(variable.getValue(), 6))
          .append('\n');
    }
    return text.toString();
  }

  /// All in one patch: for each, the API server encodes the pod and decodes it again.
  private String patch() {
    List<String> parts = new ArrayList<>();
    parts.add(annotations());
    parts.add("(" + adjusting.operations() + ")");
    podmon.ifPresent(each -> parts.add("(" + each.operations() + ")"));
    if (settings.finalizer() == Finalizer.ADDED) {
      parts.add("(" + finalizer() + ")");
    }
    return String.join(" +\n", parts);
  }

  private String annotations() {
    String notes = adjusting.notes() + podmon.map(each -> " || " + each.notes()).orElse("");
    return "(has(object.metadata.annotations) || !(%s) ? [] : [JSONPatch{op: 'add', path: '/metadata/annotations', value: {}}])"
        .formatted(notes);
  }

  private static String finalizer() {
    return """
    %1$s in object.metadata.?finalizers.orValue([]) ? [] :
      (has(object.metadata.finalizers) ? [] : [JSONPatch{op: 'add', path: '/metadata/finalizers', value: []}]) +
      [JSONPatch{op: 'add', path: '/metadata/finalizers/-', value: %1$s}]\
    """
        .formatted(Cel.string(FINALIZER));
  }

  private static String indented(String text, int columns) {
    return text.indent(columns).stripTrailing();
  }
}
