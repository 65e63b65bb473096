package io.multijob.sandbox.run.group;

/// What a person is told about figures that cannot be had here: what is missing and how to get it.
final class Shortcoming {
  private static final String REMEDY =
      "Run as root, or where systemd is: systemd-run --user --scope -p Delegate=yes ./servo sandbox";

  private Shortcoming() {}

  static String withoutGroups(String reason) {
    return "CPU time, peak memory and OOM kills are not measured and limits do not hold, because "
        + reason
        + ". "
        + REMEDY;
  }

  static String without(String controller) {
    return switch (controller) {
      case "memory" ->
          "Peak memory and OOM kills are not measured and memory limits do not hold, because the"
              + " kernel does not offer the memory controller here. "
              + REMEDY;
      case "cpuacct" ->
          "CPU time is not measured, because the kernel does not offer the cpuacct controller here. "
              + REMEDY;
      default ->
          "Limits of %s do not hold, because the kernel does not offer that controller here. %s"
              .formatted(controller, REMEDY);
    };
  }
}
