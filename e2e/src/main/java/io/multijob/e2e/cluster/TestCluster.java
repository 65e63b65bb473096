package io.multijob.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;

/// The cluster that `KUBECONFIG` names, as an administrator sees it. Thread-safe.
public final class TestCluster implements AutoCloseable {
  private final KubernetesClient client;
  private final Path kubeconfig;

  private TestCluster(KubernetesClient client, Path kubeconfig) {
    this.client = client;
    this.kubeconfig = kubeconfig;
  }

  /// The one of the environment.
  ///
  /// @throws IllegalStateException if `KUBECONFIG` is not set
  public static TestCluster ofEnvironment() {
    String file = System.getenv("KUBECONFIG");
    if (file == null || file.isBlank()) {
      throw new IllegalStateException("KUBECONFIG is not set; `make e2e` sets it");
    }
    Path kubeconfig = Path.of(file);
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    return new TestCluster(new KubernetesClientBuilder().withConfig(config).build(), kubeconfig);
  }

  /// The way in as an administrator.
  public Path kubeconfig() {
    return kubeconfig;
  }

  public KubernetesClient client() {
    return client;
  }

  /// Makes a namespace whose name begins with `prefix`.
  public TestNamespace createNamespace(String prefix) throws Exception {
    return TestNamespace.create(client, prefix);
  }

  /// Makes the namespace of that name.
  public TestNamespace namespaceNamed(String name) throws Exception {
    return TestNamespace.named(client, name);
  }

  @Override
  public void close() {
    client.close();
  }
}
