package io.multijob.e2e.servo;

import java.nio.file.Files;
import java.nio.file.Path;

/// What was built: `modules/cli/target/servo`, or what the system property `e2e.distribution` or
/// the environment's `E2E_DISTRIBUTION` says.
public final class Distribution {
  private Distribution() {}

  public static Path directory() {
    String given =
        System.getProperty(
            "e2e.distribution", System.getenv().getOrDefault("E2E_DISTRIBUTION", ""));
    Path directory = given.isEmpty() ? built() : Path.of(given);
    if (!Files.isExecutable(directory.resolve("bin/servo"))) {
      throw new IllegalStateException("no bin/servo in " + directory + "; `make build` makes one");
    }
    return directory.toAbsolutePath();
  }

  /// The command as it is started.
  public static Path command() {
    return directory().resolve("bin/servo");
  }

  /// Seen from the project's folder or from any folder in it.
  private static Path built() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isDirectory(here.resolve("modules/cli"))) {
      here = here.getParent();
    }
    if (here == null) {
      throw new IllegalStateException("not within the project's folder; set e2e.distribution");
    }
    return here.resolve("modules/cli/target/servo");
  }
}
