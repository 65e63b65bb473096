package io.multijob.e2e;

import io.fabric8.kubernetes.api.model.Pod;

/// What the servo has written on a pod.
final class PodState {
  private static final String FINALIZER = "servo.optune.io/measurement";
  private static final String REPORTED = "servo.optune.io/reported";

  private PodState() {}

  static boolean isHeld(Pod pod) {
    return pod.getMetadata().getFinalizers().contains(FINALIZER);
  }

  static boolean isMarked(Pod pod) {
    return pod.getMetadata().getAnnotations().containsKey(REPORTED);
  }

  static boolean isRunning(Pod pod) {
    return "Running".equals(pod.getStatus().getPhase());
  }

  static boolean isBeingDeleted(Pod pod) {
    return pod.getMetadata().getDeletionTimestamp() != null;
  }
}
