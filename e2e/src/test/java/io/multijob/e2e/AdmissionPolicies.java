package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.multijob.e2e.cluster.TestCluster;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What `servo policy` prints, applied to the cluster. Closing takes it away again.
final class AdmissionPolicies implements AutoCloseable {
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";

  private final TestCluster cluster;
  private final List<String> applied = new ArrayList<>();

  AdmissionPolicies(TestCluster cluster) {
    this.cluster = cluster;
  }

  /// True where the API server has such policies.
  static boolean areKnownTo(KubernetesClient client) {
    String resources = client.raw(GROUP);
    return resources != null && resources.contains("\"mutatingadmissionpolicies\"");
  }

  /// @param own the servo's namespace
  void apply(Map<String, String> settings, String own) throws Exception {
    Command printed = Command.run(cluster.kubeconfig(), settings, "policy", "--namespace", own);
    assertThat(printed.exitCode()).as(printed.output()).isZero();
    for (String document : printed.output().split("\n---\n", -1)) {
      GenericKubernetesResource object =
          Serialization.unmarshal(document, GenericKubernetesResource.class);
      String kind = object.getKind().toLowerCase(Locale.ROOT);
      String path = GROUP + kind.replaceFirst("y$", "ie") + "s";
      cluster.client().raw(path, "POST", object);
      applied.add(path + "/" + object.getMetadata().getName());
    }
  }

  /// Takes it away.
  @Override
  public void close() {
    applied.forEach(this::delete);
    applied.clear();
  }

  private void delete(String path) {
    try {
      cluster.client().raw(path, "DELETE", null);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
