package io.multijob.e2e;

/// What the containers of pods do, in the shell of [OneTimePod#IMAGE].
final class Workloads {
  private Workloads() {}

  /// Counts, which takes some 2.5 microseconds of CPU time a step.
  static String count(int steps) {
    return "i=0; while [ $i -lt %d ]; do i=$((i+1)); done".formatted(steps);
  }

  /// A whole container, in YAML, that runs this command.
  static String container(String name, String shell) {
    return "{name: %s, image: %s, command: [sh, -c, '%s']}"
        .formatted(name, OneTimePod.IMAGE, shell.replace("'", "''"));
  }
}
