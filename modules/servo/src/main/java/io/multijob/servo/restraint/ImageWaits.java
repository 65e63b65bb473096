package io.multijob.servo.restraint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerState.Lifetime;
import io.multijob.servo.pod.ContainerState.Running;
import io.multijob.servo.pod.ContainerState.Terminated;
import io.multijob.servo.pod.ContainerState.Waiting;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.watch.PodSink;
import io.multijob.servo.watch.Scope;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Sees pods that wait for podmon's image, or cannot start podmon for another reason: one such ends
/// the injection in its namespace. It goes on when those that waited have podmon after all.
///
/// Thread-safe. Bounded: as many pods are remembered as restraints.
public final class ImageWaits implements PodSink {
  /// Podmon had started, so the workload could.
  private static final String STARTED_BEFORE = "CrashLoopBackOff";

  private final Restraints restraints;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, Seen> waiting = new HashMap<>(); // by uid

  @GuardedBy("lock")
  private final Map<Scope, Integer> lists = new HashMap<>();

  private record Seen(String namespace, int list) {}

  public ImageWaits(Restraints restraints) {
    this.restraints = restraints;
  }

  @Override
  public void listing(Scope scope) {
    lock.lock();
    try {
      lists.merge(scope, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void seen(Pod pod) {
    if (!pod.ours()) {
      return;
    }
    Optional<ContainerState> monitor = pod.monitor().map(ContainerStatus::state);
    if (monitor.isPresent()
        && monitor.get() instanceof Waiting why
        && !pod.status().phase().ended()
        && harms(pod, why)) {
      waits(pod, why);
    } else {
      boolean had = forget(pod.uid());
      if (monitor.isPresent() && hasStarted(monitor.get())) {
        fares(pod, had);
      }
    }
  }

  @Override
  public void gone(Pod pod) {
    forget(pod.uid());
  }

  @Override
  public void listed(Scope scope) {
    lock.lock();
    try {
      int list = lists.getOrDefault(scope, 0);
      waiting.values().removeIf(seen -> scope.contains(seen.namespace()) && seen.list() != list);
    } finally {
      lock.unlock();
    }
  }

  /// A pod counts once: who gives the change again while it waits has seen it.
  private void waits(Pod pod, Waiting why) {
    Reach whole = new Reach.Whole(pod.identity().namespace());
    if (remember(pod)) {
      restraints.withhold(
          Change.INJECTION,
          whole,
          "pod %s cannot start podmon: %s%s"
              .formatted(
                  pod.identity().ref(),
                  why.reason(),
                  why.message().isBlank() ? "" : ": " + why.message()),
          ObjectRef.of(pod.identity().toRef()));
    } else {
      restraints.prolong(Change.INJECTION, whole);
    }
  }

  /// Notes that the pod waits.
  ///
  /// @return true if it was not noted yet
  private boolean remember(Pod pod) {
    String namespace = pod.identity().namespace();
    lock.lock();
    try {
      if (waiting.size() >= Restraints.MOST && !waiting.containsKey(pod.uid())) {
        return true;
      }
      return waiting.put(pod.uid(), new Seen(namespace, list(namespace))) == null;
    } finally {
      lock.unlock();
    }
  }

  private void fares(Pod pod, boolean had) {
    String namespace = pod.identity().namespace();
    boolean none;
    lock.lock();
    try {
      none = waiting.values().stream().noneMatch(seen -> seen.namespace().equals(namespace));
    } finally {
      lock.unlock();
    }
    Reach whole = new Reach.Whole(namespace);
    if (none && had) {
      restraints.lift(Change.INJECTION, whole, "the pod that waited has podmon now");
    }
    Optional<Instant> created = pod.times().at(PodMoment.CREATED);
    if (created.isPresent()) {
      restraints.workedFor(new Reach.App(namespace, pod.app().id()), created.get());
      if (none) {
        restraints.workedFor(whole, created.get());
      }
    }
  }

  private boolean forget(String uid) {
    lock.lock();
    try {
      return waiting.remove(uid) != null;
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private int list(String namespace) {
    for (Map.Entry<Scope, Integer> entry : lists.entrySet()) {
      if (entry.getKey().contains(namespace)) {
        return entry.getValue();
      }
    }
    return 0;
  }

  /// A native sidecar that has started once does not keep the workload from starting.
  private static boolean harms(Pod pod, Waiting why) {
    return why.hindered()
        && !(why.reason().equals(STARTED_BEFORE) && !(pod.workloadState() instanceof Waiting));
  }

  private static boolean hasStarted(ContainerState monitor) {
    return monitor instanceof Running
        || (monitor instanceof Terminated ended && ended.lifetime() instanceof Lifetime.Lived);
  }
}
