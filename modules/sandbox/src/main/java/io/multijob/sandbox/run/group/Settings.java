package io.multijob.sandbox.run.group;

import io.multijob.sandbox.run.pod.Resources;
import java.util.ArrayList;
import java.util.List;

/// Writes [Resources] in the words of the kernel's files, with the numbers that the kubelet and
/// runc come to.
///
/// @see <a href="https://docs.kernel.org/admin-guide/cgroup-v2.html">Control Group v2</a>
final class Settings {
  private static final long PERIOD_MICROS = 100_000;
  private static final long SMALLEST_QUOTA_MICROS = 1_000;
  private static final long SHARES_PER_CORE = 1_024;
  private static final long FEWEST_SHARES = 2;
  private static final long MOST_SHARES = 262_144;
  private static final long HIGHEST_WEIGHT = 10_000;

  private Settings() {}

  /// What is written into a group in `hierarchy`, in this order.
  static List<Setting> of(Hierarchy hierarchy, Resources resources) {
    return switch (hierarchy.version()) {
      case V1 -> v1(hierarchy, resources);
      case V2 -> v2(hierarchy, resources);
    };
  }

  private static List<Setting> v1(Hierarchy hierarchy, Resources resources) {
    List<Setting> settings = new ArrayList<>();
    if (hierarchy.has("cpu")) {
      settings.add(Setting.required("cpu.shares", shares(resources)));
      resources
          .cpuLimitMillis()
          .ifPresent(millis -> {
            settings.add(Setting.required("cpu.cfs_period_us", PERIOD_MICROS));
            settings.add(Setting.required("cpu.cfs_quota_us", quota(millis)));
          });
    }
    if (hierarchy.has("memory")) {
      settings.add(Setting.whereThere("memory.use_hierarchy", 1)); // the default since Linux 5.11
      resources
          .memoryLimitBytes()
          .ifPresent(bytes -> {
            settings.add(Setting.required("memory.limit_in_bytes", bytes));
            settings.add(Setting.whereThere("memory.memsw.limit_in_bytes", bytes));
          });
    }
    return settings;
  }

  private static List<Setting> v2(Hierarchy hierarchy, Resources resources) {
    List<Setting> settings = new ArrayList<>();
    if (hierarchy.has("cpu")) {
      settings.add(Setting.required("cpu.weight", weight(shares(resources))));
      resources
          .cpuLimitMillis()
          .ifPresent(millis ->
              settings.add(
                  new Setting(
                      "cpu.max", quota(millis) + " " + PERIOD_MICROS, Setting.Need.REQUIRED)));
    }
    if (hierarchy.has("memory")) {
      settings.add(Setting.whereThere("memory.swap.max", 0));
      resources
          .memoryLimitBytes()
          .ifPresent(bytes -> settings.add(Setting.required("memory.max", bytes)));
    }
    return settings;
  }

  private static long shares(Resources resources) {
    long shares = resources.cpuRequestMillis() * SHARES_PER_CORE / 1_000;
    return Math.clamp(shares, FEWEST_SHARES, MOST_SHARES);
  }

  private static long quota(long millis) {
    return Math.max(SMALLEST_QUOTA_MICROS, millis * PERIOD_MICROS / 1_000);
  }

  /// From 2..262144 to 1..10000, as runc does it.
  private static long weight(long shares) {
    return 1 + (shares - FEWEST_SHARES) * (HIGHEST_WEIGHT - 1) / (MOST_SHARES - FEWEST_SHARES);
  }
}
