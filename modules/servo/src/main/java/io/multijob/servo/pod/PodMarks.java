package io.multijob.servo.pod;

/// What we have written on a pod.
///
/// @param reported the service has its run
/// @param held our finalizer keeps it
/// @param leaving it is being deleted and waits only for those who hold it: its kubelet, if it ever
///   had one, has done its part
public record PodMarks(boolean reported, boolean held, boolean leaving) {
  /// The annotation that says that the service has the pod's run. It counts only with the pod's own
  /// uid as its value: a manifest that was copied from a pod with all its annotations is another
  /// pod's.
  public static final String REPORTED = "servo.optune.io/reported";

  /// The finalizer that keeps a pod until its run is reported.
  public static final String FINALIZER = "servo.optune.io/measurement";

  public static final PodMarks NONE = new PodMarks(false, false, false);
}
