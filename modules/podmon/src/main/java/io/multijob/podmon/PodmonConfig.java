package io.multijob.podmon;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What podmon is told by its environment. Nothing in it can keep podmon from running: what cannot
/// be understood is a problem to be said, and what stands without it is used instead.
///
/// @param podUid `OPTUNE_SELF_ID`, or `POD_UID`; empty if neither is set (v1 tells it elsewhere)
/// @param podPaths `OPTUNE_CGROUP_PATH`: where the original was told the pod's group lies; a hint
/// @param cgroupRoot `CGROUP_ROOT`, where the hierarchies are mounted; empty for the usual places
/// @param messagePath `TERMINATION_MESSAGE_PATH`
/// @param reportTargets `REPORT_TARGET`: whom to post the report to; none or one
/// @param role from `OPTUNE_CONTAINERS`: a native sidecar where it is unset
/// @param problems what could not be understood, for a person
record PodmonConfig(
    String podUid,
    List<String> podPaths,
    String cgroupRoot,
    String messagePath,
    List<ReportTarget> reportTargets,
    Role role,
    List<String> problems) {

  PodmonConfig {
    podPaths = List.copyOf(podPaths);
    reportTargets = List.copyOf(reportTargets);
    problems = List.copyOf(problems);
  }

  static PodmonConfig from(Map<String, String> environment) {
    var read = new Environment(environment);
    return new PodmonConfig(
        read.text("OPTUNE_SELF_ID", read.text("POD_UID", "")),
        read.present("OPTUNE_CGROUP_PATH"),
        read.text("CGROUP_ROOT", ""),
        read.text("TERMINATION_MESSAGE_PATH", "/dev/termination-log"),
        read.reportTargets(),
        read.role(),
        read.problems);
  }

  /// The environment, and what was found wrong in it.
  private static final class Environment {
    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    Environment(Map<String, String> values) {
      this.values = values;
    }

    String text(String name, String otherwise) {
      String value = values.getOrDefault(name, "").strip();
      return value.isEmpty() ? otherwise : value;
    }

    List<String> present(String name) {
      String value = text(name, "");
      return value.isEmpty() ? List.of() : List.of(value);
    }

    List<ReportTarget> reportTargets() {
      List<ReportTarget> targets = new ArrayList<>();
      for (String value : present("REPORT_TARGET")) {
        try {
          targets.add(ReportTarget.parse(value));
        } catch (IllegalArgumentException e) {
          problems.add("REPORT_TARGET: expected host or host:port, found '" + value + "'");
        }
      }
      return targets;
    }

    Role role() {
      String value = text("OPTUNE_CONTAINERS", "");
      if (value.isEmpty()) {
        return new Role.Sidecar();
      }
      try {
        return new Role.Regular(Integer.parseInt(value));
      } catch (IllegalArgumentException e) {
        problems.add(
            "OPTUNE_CONTAINERS: expected how many other containers the pod has, found '"
                + value
                + "'; taken as 1");
        return new Role.Regular(1);
      }
    }
  }
}
