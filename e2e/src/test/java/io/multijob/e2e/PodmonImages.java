package io.multijob.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.e2e.cluster.Machines;
import io.multijob.e2e.servo.Distribution;
import io.multijob.image.PodmonImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The image of the built podmon, on the nodes of the cluster under test.
final class PodmonImages {
  private static final Path ARCHIVES = Path.of("target", "images");

  private PodmonImages() {}

  /// Builds it and gives it to the nodes, where that was not done before. On a cluster whose nodes
  /// are not ours it must be there, and `E2E_PODMON_IMAGE` say which it is.
  ///
  /// @return its name
  static String onTheNodes() throws IOException, InterruptedException {
    String given = System.getenv().getOrDefault("E2E_PODMON_IMAGE", "");
    if (!given.isEmpty()) {
      return given;
    }
    Optional<Machines> machines = Machines.ofEnvironment();
    assumeTrue(
        machines.isPresent(),
        "neither E2E_PODMON_IMAGE is set nor are the nodes those of E2E_CLUSTER");
    Path libraries = Distribution.directory().resolve("lib");
    String key = PodmonImage.key(libraries);
    String name = "localhost/podmon:" + key;
    Path archive = ARCHIVES.resolve("podmon-" + key + ".tar");
    if (!Files.exists(archive)) {
      PodmonImage.write(archive, name, libraries);
    }
    machines.orElseThrow().load(archive);
    return name;
  }
}
