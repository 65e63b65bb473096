package io.multijob.servo.stats;

import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodRef;

/// Is told of the pods that our finalizer keeps, and of those that it might. Called by many
/// threads, which hold a lock: must not block.
public interface HoldListener {

  /// A pod of ours was seen for the first time: it lives, and nothing of ours keeps it.
  void unheld(PodRef pod);

  /// The run of a pod that is held has ended. Told each time that the pod is seen.
  void ended(PodRef pod, PodMarks marks);

  /// The pod is no more, or not held any longer.
  void free(String uid);
}
