package io.multijob.servo;

import io.multijob.servo.kubernetes.ClusterFeatures;
import java.util.Locale;

/// How pods are changed before they start.
public enum AdmissionMode {
  /// As the cluster allows.
  AUTO,
  /// By the API server alone, from what we keep for it.
  POLICY,
  /// By us, who are asked for each pod.
  WEBHOOK,
  /// By the API server, and then by us with what is fresher.
  BOTH,
  NONE;

  /// Whether we may be asked for pods.
  public boolean listens() {
    return this == AUTO || this == WEBHOOK || this == BOTH;
  }

  /// What it comes to on a cluster: never [#AUTO], and no policy where there can be none.
  public AdmissionMode in(ClusterFeatures features) {
    return switch (this) {
      case AUTO, BOTH -> features.mutatingPolicies() ? BOTH : WEBHOOK;
      case POLICY -> features.mutatingPolicies() ? POLICY : NONE;
      case WEBHOOK, NONE -> this;
    };
  }

  /// Whether the API server changes pods by what we keep for it.
  boolean byPolicy() {
    return this == POLICY || this == BOTH;
  }

  /// This and the other way together.
  AdmissionMode and(AdmissionMode other) {
    if (this == NONE || this == other) {
      return other;
    }
    return other == NONE ? this : BOTH;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
