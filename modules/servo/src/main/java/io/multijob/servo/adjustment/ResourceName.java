package io.multijob.servo.adjustment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/// A resource that can be set.
public enum ResourceName {
  /// In cores. Kubernetes rounds up to thousandths.
  CPU("cpu", "cpu", 3),
  /// In bytes.
  MEMORY("memory", "mem", 0);

  private final String wire;
  private final String setting;
  private final int digits;

  ResourceName(String wire, String setting, int digits) {
    this.wire = wire;
    this.setting = setting;
    this.digits = digits;
  }

  /// The resource of that name in a pod; none for any other name.
  public static Optional<ResourceName> ofWire(String name) {
    for (ResourceName resource : values()) {
      if (resource.wire.equals(name)) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  /// The resource that the service calls so; none for any other name.
  public static Optional<ResourceName> ofSetting(String name) {
    for (ResourceName resource : values()) {
      if (resource.setting.equals(name)) {
        return Optional.of(resource);
      }
    }
    return Optional.empty();
  }

  /// The name in a pod: `cpu`, `memory`.
  public String wire() {
    return wire;
  }

  /// The name by which the service knows it: `cpu`, `mem`.
  public String setting() {
    return setting;
  }

  /// The amount in whole grains, rounded as told.
  BigDecimal inGrains(BigDecimal amount, RoundingMode rounding) {
    return amount.setScale(digits, rounding);
  }

  /// The smallest amount that Kubernetes keeps apart from none: a thousandth of a core, a byte.
  BigDecimal grain() {
    return BigDecimal.ONE.movePointLeft(digits);
  }
}
