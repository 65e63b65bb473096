package io.multijob.servo.adjustment;

import java.util.List;

/// What configuration says of adjustments.
///
/// @param mode whether pods are changed
/// @param target which of their amounts
/// @param cpu what cores may be set to; at most one range
/// @param memory what bytes may be set to; at most one range
public record AdjustSettings(
    Mode mode, Target target, List<SettingRange> cpu, List<SettingRange> memory) {
  public static final AdjustSettings DEFAULT =
      new AdjustSettings(Mode.APPLY, Target.AUTO, List.of(), List.of());

  public AdjustSettings {
    cpu = List.copyOf(cpu);
    memory = List.copyOf(memory);
    if (cpu.size() > 1 || memory.size() > 1) {
      throw new IllegalArgumentException("more than one range: " + cpu + ", " + memory);
    }
  }

  List<SettingRange> range(ResourceName resource) {
    return switch (resource) {
      case CPU -> cpu;
      case MEMORY -> memory;
    };
  }
}
