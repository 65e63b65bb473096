package io.multijob.servo.admission;

import io.multijob.servo.admission.Whose.NotOurs;
import io.multijob.servo.admission.Whose.Why;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.RestartPolicy;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Which pods are ours: those that the watch follows, by the same path to the app id.
///
/// @param namespaces the watched ones by name, or `*` for all. The cluster's own, `kube-system`, is
///   never among them: nothing of ours may stand in its way
public record PodRules(Set<String> namespaces, AppIdPath appId) {
  private static final String ALL = "*";
  private static final String CLUSTERS_OWN = "kube-system";

  /// Whoever reaches our address may send a review, and what it says ends up in paths.
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  /// The API server's copy of a pod that a kubelet runs from a file: to change it changes nothing.
  private static final String MIRROR = "kubernetes.io/config.mirror";

  public PodRules {
    namespaces = Set.copyOf(namespaces);
  }

  boolean watch(String namespace) {
    return !namespace.equals(CLUSTERS_OWN)
        && (namespaces.contains(namespace)
            || (namespaces.contains(ALL) && NAME.matcher(namespace).matches()));
  }

  /// Whose the pod is.
  ///
  /// @param namespace as the request says: a pod that is about to be made may not say its own
  Whose whose(JsonNode pod, String namespace) {
    if (!watch(namespace)) {
      return new NotOurs(Why.OTHER_NAMESPACE);
    }
    JsonNode spec = pod.path("spec");
    if (spec.path("containers").isEmpty()) {
      return new NotOurs(Why.NO_POD);
    }
    String restarts = spec.path("restartPolicy").asString("");
    if (RestartPolicy.of(restarts) != RestartPolicy.NEVER) {
      return new NotOurs(Why.RESTARTS);
    }
    if (pod.path("metadata").path("annotations").has(MIRROR)) {
      return new NotOurs(Why.STATIC);
    }
    return appId.evaluate(pod).<Whose>map(Whose.Ours::new).orElse(new NotOurs(Why.NO_APP_ID));
  }
}
