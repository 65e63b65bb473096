package io.multijob.bench.start;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.multijob.bench.child.ChildJvm;
import java.nio.file.Path;

/// Lists pods once by the client library, as any program that uses it does at its start.
final class ListChild {
  private static final long PAGE = 500;

  private ListChild() {}

  /// @param pods on the first page
  record Listed(int pods) {}

  public static void main(String[] arguments) {
    Config config = Config.fromKubeconfig(Path.of(arguments[0]).toFile());
    try (KubernetesClient client = new KubernetesClientBuilder().withConfig(config).build()) {
      int pods =
          client
              .pods()
              .inNamespace(arguments[1])
              .withField("spec.restartPolicy", "Never")
              .list(new ListOptionsBuilder().withLimit(PAGE).build())
              .getItems()
              .size();
      ChildJvm.say(new Listed(pods));
    }
    System.exit(0);
  }
}
