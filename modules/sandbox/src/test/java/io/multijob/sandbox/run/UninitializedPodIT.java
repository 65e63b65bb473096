package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.Release;
import io.multijob.sandbox.api.object.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pods of a cluster that has initializers.
@Timeout(30)
final class UninitializedPodIT {
  private static final String ALL = "?includeUninitialized=true";
  private static final String POD =
      """
      metadata: {name: %s}
      spec:
        restartPolicy: Never
        containers: [{name: main, image: busybox, command: [sh, -c, 'echo hi']}]
      """;

  @Test
  void itIsNotStartedBeforeItIsInitialized(@TempDir Path directory) throws Exception {
    Path empty = Files.createDirectory(directory.resolve("cgroup"));
    try (Cluster cluster =
        Cluster.start(
            RunnerConfig.in(directory).withCgroupRoot(empty),
            new Release(10, List.of("first.example.org")))) {
      cluster.create(Cluster.PODS + ALL, POD.formatted("waits"));
      cluster.create(Cluster.PODS + ALL, POD.formatted("goes"));
      initialize(cluster, "goes");
      cluster.awaitEnd("goes");

      assertThat(Json.text(cluster.get(Cluster.PODS + "/waits" + ALL), "spec", "nodeName"))
          .isEmpty();
      assertThat(cluster.runner().logOf("default", "waits", "main")).isEmpty();

      initialize(cluster, "waits");
      assertThat(Json.text(cluster.awaitEnd("waits"), "status", "phase")).isEqualTo("Succeeded");
    }
  }

  private static void initialize(Cluster cluster, String pod) throws Exception {
    cluster.patch(Cluster.PODS + "/" + pod, "{\"metadata\": {\"initializers\": null}}");
  }
}
