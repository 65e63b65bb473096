package io.multijob.servo.conversation;

import java.util.UUID;

/// The ids of ADJUSTMENTs in the outbox, where those of measurements are the uids of pods.
public final class AdjustmentIds {
  private static final String APPLIED = "/adjustment";
  private static final String FAILED = "/failed-adjustment";

  private AdjustmentIds() {}

  /// That of the ADJUSTMENT which tells that the pod was made with the values: told once.
  static String applied(String uid) {
    return uid + APPLIED;
  }

  /// That of the ADJUSTMENT which tells that values were not fit: there is no pod yet.
  static String failed() {
    return UUID.randomUUID() + FAILED;
  }

  static boolean isApplied(String id) {
    return id.endsWith(APPLIED);
  }

  /// The uid of the pod that a report of any kind is about, for who has to know whether the cluster
  /// may still show it.
  public static String podOf(String id) {
    return isApplied(id) ? id.substring(0, id.length() - APPLIED.length()) : id;
  }
}
