package io.multijob.sandbox.run.pod;

/// A pod's quality of service class, which says where its group is.
public enum QosLevel {
  GUARANTEED,
  BURSTABLE,
  BEST_EFFORT;

  /// From the API's spelling; what is not known gets no guarantee.
  public static QosLevel of(String qosClass) {
    return switch (qosClass) {
      case "Guaranteed" -> GUARANTEED;
      case "Burstable" -> BURSTABLE;
      default -> BEST_EFFORT;
    };
  }
}
