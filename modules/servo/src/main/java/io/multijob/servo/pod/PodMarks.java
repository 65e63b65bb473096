package io.multijob.servo.pod;

/// What we have written on a pod.
///
/// @param reported the service has its run
/// @param held our finalizer keeps it
/// @param leaving it is being deleted and waits only for those who hold it: its kubelet, if it ever
///   had one, has done its part
/// @param adjusted it was made with settings of ours
/// @param spokenOf the service was asked about it before it was made, whether it answered or not
public record PodMarks(
    boolean reported, boolean held, boolean leaving, boolean adjusted, boolean spokenOf) {
  /// The annotation that says that the service has the pod's run. It counts only with the pod's own
  /// uid as its value: a manifest that was copied from a pod with all its annotations is another
  /// pod's.
  public static final String REPORTED = "servo.optune.io/reported";

  /// The finalizer that keeps a pod until its run is reported.
  public static final String FINALIZER = "servo.optune.io/measurement";

  /// The annotation whose value is the settings that the pod was made with; empty for none.
  public static final String ADJUSTMENT = "servo.optune.io/adjustment";

  /// The annotation that names the conversation about the pod before it was made.
  public static final String CONVERSATION = "servo.optune.io/conversation";

  /// The label of a namespace that says, with the value `withheld`, that podmon is put into none of
  /// its pods.
  public static final String INJECT_LABEL = "servo.optune.io/inject";

  /// The same for settings.
  public static final String ADJUST_LABEL = "servo.optune.io/adjust";

  public static final PodMarks NONE = new PodMarks(false, false, false, false, false);
}
