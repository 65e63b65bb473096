package io.multijob.servo.webhook;

import io.multijob.servo.watch.Scope;
import io.multijob.servo.webhook.Destination.Service;
import io.multijob.servo.webhook.Destination.Url;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The MutatingWebhookConfiguration `servo.optune.io`: it sends us the pods that end by themselves,
/// of the watched namespaces, as they are created; never those of `kube-system`, never our own. A
/// webhook that does not answer is passed over after three seconds.
///
/// Which namespaces are ours is said to the API server's selector, which costs nothing where it
/// does not match; what a selector cannot see, by match conditions
/// ([documentation](https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#matching-requests-matchconditions)).
public final class WebhookManifest {
  private static final String KUBE_SYSTEM = "kube-system";

  private WebhookManifest() {}

  /// The manifest in YAML, for `kubectl apply`.
  ///
  /// @param scopes the watched namespaces, or all; at least one
  /// @throws IllegalArgumentException if `kube-system` is all that is watched
  public static String yaml(Destination destination, Set<Scope> scopes) {
    return scopes.contains(Scope.ALL)
        ? filled(destination, "NotIn", exempt(destination))
        : filled(destination, "In", watched(scopes));
  }

  private static String filled(
      Destination destination, String operator, Collection<String> namespaces) {
    String values =
        namespaces.stream().map(WebhookManifest::quoted).collect(Collectors.joining(", "));
    return """
    # Sends the one-time pods of the watched namespaces to the servo as they are created.
    # The servo writes caBundle itself, unless its certificate is given by files.
    apiVersion: admissionregistration.k8s.io/v1
    kind: MutatingWebhookConfiguration
    metadata:
      name: servo.optune.io
    webhooks:
    - name: pods.servo.optune.io
      admissionReviewVersions: ["v1"]
      clientConfig:
    %s
      failurePolicy: Ignore
      timeoutSeconds: 3
      sideEffects: NoneOnDryRun
      reinvocationPolicy: IfNeeded
      matchPolicy: Equivalent
      rules:
      - apiGroups: [""]
        apiVersions: ["v1"]
        operations: ["CREATE"]
        resources: ["pods"]
        scope: Namespaced
      namespaceSelector:
        matchExpressions:
        - key: kubernetes.io/metadata.name
          operator: %s
          values: [%s]
      objectSelector:
        matchExpressions:
        - key: app.kubernetes.io/name
          operator: NotIn
          values: ["servo"]
      matchConditions:
      - name: one-time
        expression: object.spec.restartPolicy == 'Never'
      - name: not-of-the-system
        expression: request.namespace != 'kube-system'
    """
        .formatted(client(destination), operator, values);
  }

  private static String client(Destination destination) {
    return switch (destination) {
      case Service(String namespace, String name) ->
          """
              service:
                namespace: %s
                name: %s
                path: %s
                port: 443\
          """
              .formatted(quoted(namespace), quoted(name), Destination.PATH);
      case Url(var url) -> "    url: " + quoted(url.toString());
    };
  }

  private static List<String> watched(Set<Scope> scopes) {
    List<String> namespaces =
        scopes.stream()
            .map(Scope::namespace)
            .filter(namespace -> !namespace.equals(KUBE_SYSTEM))
            .sorted()
            .toList();
    if (namespaces.isEmpty()) {
      throw new IllegalArgumentException(
          "expected a namespace to watch beside kube-system, whose pods are never changed");
    }
    return namespaces;
  }

  private static List<String> exempt(Destination destination) {
    List<String> namespaces = new ArrayList<>();
    namespaces.add(KUBE_SYSTEM);
    if (destination instanceof Service service && !service.namespace().equals(KUBE_SYSTEM)) {
      namespaces.add(service.namespace());
    }
    return namespaces;
  }

  /// A namespace may be called `123` or `null`. What is quoted here has neither quotes nor
  /// backslashes: names, and URLs as Java parses them.
  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
