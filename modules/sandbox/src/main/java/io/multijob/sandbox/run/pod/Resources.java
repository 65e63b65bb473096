package io.multijob.sandbox.run.pod;

import java.util.OptionalLong;

/// What a container, a pod or a class of pods may use.
///
/// @param cpuRequestMillis thousandths of a core that are its share when cores are short; 0 for
///   none
/// @param cpuLimitMillis thousandths of a core that it gets at most
/// @param memoryLimitBytes bytes past which a process in it is killed
public record Resources(
    long cpuRequestMillis, OptionalLong cpuLimitMillis, OptionalLong memoryLimitBytes) {
  /// A share by request, and no limit.
  public static Resources share(long cpuRequestMillis) {
    return new Resources(cpuRequestMillis, OptionalLong.empty(), OptionalLong.empty());
  }
}
