package io.multijob.servo.pod;

/// What a pod's conditions tell beside their times.
///
/// @param disruption the reason of a true `DisruptionTarget`, such as `PreemptionByScheduler`;
///   empty when the pod was left in peace
/// @param unschedulable why no node takes the pod; empty when one did or nobody tried
public record PodConditions(String disruption, String unschedulable) {

  public static final PodConditions NONE = new PodConditions("", "");
}
