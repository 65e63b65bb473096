package io.multijob.servo.conversation;

import io.multijob.servo.pod.ContainerKind;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerState.Lifetime;
import io.multijob.servo.pod.ContainerState.Terminated;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodApp;
import io.multijob.servo.pod.PodApp.Workload;
import io.multijob.servo.pod.PodConditions;
import io.multijob.servo.pod.PodIdentity;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.PodPhase;
import io.multijob.servo.pod.PodStatus;
import io.multijob.servo.pod.PodTimes;
import io.multijob.servo.pod.RestartPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Pods of ours, as the watch shows them.
final class TestPods {
  static final PodMarks ADJUSTED = new PodMarks(false, false, false, true, false);

  private TestPods() {}

  static Pod pending(String uid, String appId, PodMarks marks, Instant created) {
    return pod(uid, appId, marks, created, PodPhase.PENDING, ContainerState.UNKNOWN);
  }

  static Pod ended(String uid, String appId, PodMarks marks, Instant finished) {
    return pod(
        uid,
        appId,
        marks,
        finished.minusSeconds(5),
        PodPhase.SUCCEEDED,
        new Terminated(new Lifetime.Lived(finished.minusSeconds(3), finished), 0, "Completed", ""));
  }

  private static Pod pod(
      String uid,
      String appId,
      PodMarks marks,
      Instant created,
      PodPhase phase,
      ContainerState state) {
    return new Pod(
        new PodIdentity(uid, "team", "pod-" + uid, "", Owner.NONE),
        new PodApp(appId, new Workload("main", "{}", RestartPolicy.NEVER), "", RestartPolicy.NEVER),
        new PodTimes(Map.of(PodMoment.CREATED, created)),
        new PodStatus(
            phase,
            "",
            "",
            PodConditions.NONE,
            List.of(new ContainerStatus(ContainerKind.REGULAR, "main", "", state))),
        marks);
  }
}
