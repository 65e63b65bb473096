package io.multijob.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.multijob.e2e.cluster.TestNamespace;
import tools.jackson.databind.json.JsonMapper;

/// A service account of the test's, what it may do, and tokens that say that one is it.
///
/// @param home where it is
record Account(KubernetesClient client, TestNamespace home, String name) {

  static Account create(KubernetesClient client, TestNamespace home, String name) {
    home.create(
        """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: %s}
        """
            .formatted(name));
    return new Account(client, home, name);
  }

  /// Gives it the permission that the servo needs in a namespace.
  void allow(TestNamespace namespace) {
    namespace.create(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: %1$s}
        rules: [{apiGroups: [""], resources: [pods], verbs: [get, list, watch]}]
        """
            .formatted(name));
    namespace.create(binding());
  }

  /// Takes it away.
  void forbid(TestNamespace namespace) {
    namespace.delete(binding());
  }

  /// Gives it back.
  void allowAgain(TestNamespace namespace) {
    namespace.create(binding());
  }

  /// A token that is good until [#revoke].
  ///
  /// @param tie the name of a Secret that is made for it
  String token(String tie) throws Exception {
    String uid = home.create(secret(tie)).getFirst().getMetadata().getUid();
    String request =
        """
        {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec":
          {"expirationSeconds": 3600, "boundObjectRef":
            {"apiVersion": "v1", "kind": "Secret", "name": "%s", "uid": "%s"}}}
        """
            .formatted(tie, uid);
    String path = "/api/v1/namespaces/%s/serviceaccounts/%s/token".formatted(home.name(), name);
    String answer = client.raw(path, "POST", request);
    return JsonMapper.shared().readTree(answer).at("/status/token").stringValue();
  }

  /// Lets the token be as if it had expired: the API server answers 401 to it, after the few
  /// seconds for which it remembers that it was good.
  void revoke(String tie) {
    home.delete(secret(tie));
  }

  private static String secret(String name) {
    return """
    apiVersion: v1
    kind: Secret
    metadata: {name: %s}
    """
        .formatted(name);
  }

  private String binding() {
    return """
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata: {name: %1$s}
    roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: %1$s}
    subjects: [{kind: ServiceAccount, name: %1$s, namespace: %2$s}]
    """
        .formatted(name, home.name());
  }
}
