package io.multijob.servo.stats;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.pod.ContainerKind;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerState.Waiting;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodApp;
import io.multijob.servo.pod.PodConditions;
import io.multijob.servo.pod.PodIdentity;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.PodPhase;
import io.multijob.servo.pod.PodStatus;
import io.multijob.servo.pod.PodTimes;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What is kept of a pod whose run is not over: enough to report it should the pod vanish while
/// nobody looks. Small, for there are many: times are unsigned seconds since the epoch, 0 where
/// unknown; words that other pods have too are shared with them, and those of this pod alone are
/// one array, for a string of its own takes some 40 bytes more than its letters.
final class LivePod implements Stage {
  private static final String BETWEEN_WORDS = "\0";

  private final byte[] words; // the pod's name, the kind and the name of its owner
  private final String node;
  private final PodApp app;
  private final Waiting obstacle;
  private final int created;
  private final int scheduled;
  private final int initialized;
  private final int started;

  private LivePod(Pod pod, PodApp app, ContainerState workload) {
    Owner owner = pod.identity().owner();
    this.words =
        String.join(BETWEEN_WORDS, pod.identity().name(), owner.kind(), owner.name())
            .getBytes(UTF_8);
    this.node = pod.identity().node();
    this.app = app;
    this.created = seconds(pod, PodMoment.CREATED);
    this.scheduled = seconds(pod, PodMoment.SCHEDULED);
    this.initialized = seconds(pod, PodMoment.INITIALIZED);
    this.obstacle = workload instanceof Waiting waiting ? waiting : ContainerState.UNKNOWN;
    this.started = workload instanceof ContainerState.Running(Instant start) ? seconds(start) : 0;
  }

  /// As the pod was first seen, and nothing known of its workload.
  static LivePod unseen(Pod pod) {
    return new LivePod(pod, pod.app(), ContainerState.UNKNOWN);
  }

  /// The same pod, seen again. Whose run it is was decided when it was first seen: a label that
  /// changes later changes nothing. A workload that cannot be seen any more is as it was.
  ///
  /// @return this, where nothing is new: so a list of all pods leaves no garbage that has grown old
  LivePod next(Pod pod) {
    ContainerState now = pod.workloadState();
    LivePod next = new LivePod(pod, app, lessTelling(now) ? workload() : now);
    return sameAs(next) ? this : next;
  }

  private boolean sameAs(LivePod other) {
    return created == other.created
        && scheduled == other.scheduled
        && initialized == other.initialized
        && started == other.started
        && node.equals(other.node)
        && obstacle.equals(other.obstacle)
        && Arrays.equals(words, other.words);
  }

  /// A kubelet that ends a pod first forgets what its container waited for, or that it ran.
  private boolean lessTelling(ContainerState now) {
    return now instanceof Waiting waiting
        && (started != 0 || (obstacle.hindered() && !waiting.hindered()));
  }

  /// What was last known of the workload: that it ran, or what it waited for.
  ContainerState workload() {
    return started == 0 ? obstacle : new ContainerState.Running(instant(started));
  }

  PodApp app() {
    return app;
  }

  /// The pod as far as it is remembered, for the report of one that vanished unseen.
  Pod remembered(String uid, String namespace) {
    Map<PodMoment, Instant> moments = new EnumMap<>(PodMoment.class);
    put(moments, PodMoment.CREATED, created);
    put(moments, PodMoment.SCHEDULED, scheduled);
    put(moments, PodMoment.INITIALIZED, initialized);
    ContainerStatus status =
        new ContainerStatus(ContainerKind.REGULAR, app.workload().name(), "", workload());
    String[] names = new String(words, UTF_8).split(BETWEEN_WORDS, -1);
    return new Pod(
        new PodIdentity(uid, namespace, names[0], node, new Owner(names[1], names[2])),
        app,
        new PodTimes(moments),
        new PodStatus(
            started != 0 ? PodPhase.RUNNING : PodPhase.PENDING,
            "",
            "the pod was gone when the watch was taken up again",
            PodConditions.NONE,
            List.of(status)),
        PodMarks.NONE);
  }

  private static int seconds(Pod pod, PodMoment moment) {
    return pod.times().at(moment).map(LivePod::seconds).orElse(0);
  }

  private static void put(Map<PodMoment, Instant> moments, PodMoment moment, int seconds) {
    if (seconds != 0) {
      moments.put(moment, instant(seconds));
    }
  }

  private static int seconds(Instant at) {
    return (int) at.getEpochSecond();
  }

  private static Instant instant(int seconds) {
    return Instant.ofEpochSecond(Integer.toUnsignedLong(seconds));
  }
}
