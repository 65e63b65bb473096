package io.multijob.protocol;

import java.util.Optional;

/// What is known by name of a run beside its metrics.
public enum Annotation {
  /// The resources of the workload container, compact JSON text.
  RESOURCES("resources"),
  /// The exit code of the workload; a whole number in JSON, unlike all others.
  EXITCODE("exitcode"),
  /// The run's id.
  POD_UID("pod_uid"),
  APP_ID("app_id"),
  NAMESPACE("namespace"),
  POD("pod"),
  NODE("node"),
  /// What made the pod: `Job/name`, `CronJob/name`.
  OWNER("owner"),
  /// How the run ended: `Completed`, `Error`, `OOMKilled`, `DeadlineExceeded`, `Evicted` and
  /// others.
  REASON("reason"),
  /// How many processes the kernel killed for lack of memory.
  OOM_KILLS("oom_kills"),
  /// When the pod was created; RFC 3339 like the four that follow.
  CREATED("created"),
  SCHEDULED("scheduled"),
  INITIALIZED("initialized"),
  STARTED("started"),
  FINISHED("finished"),
  /// How the statistics came: `message`, `posted`, `kubelet`, `none`.
  STATS("stats"),
  /// What the figures were read from: `cgroup-v2`, `cgroup-v1`, `kubelet`, `status`.
  SOURCE("source"),
  /// `sampled` where the peak of memory is the highest of some looks; nothing where it is the
  /// kernel's last word.
  PEAK("peak"),
  /// Whose clock `started` and `finished` are: `podmon`, finer than a second, `kubelet`, in whole
  /// seconds, or `servo`, where the cluster does not say when the run ended.
  TIMES("times"),
  /// Each container's own figures, compact JSON text.
  CONTAINERS("containers");

  private final String wire;

  Annotation(String wire) {
    this.wire = wire;
  }

  /// The annotation of that name in JSON; none if it is not one of these.
  public static Optional<Annotation> ofWire(String name) {
    for (Annotation annotation : values()) {
      if (annotation.wire.equals(name)) {
        return Optional.of(annotation);
      }
    }
    return Optional.empty();
  }

  /// The annotation's name in JSON.
  public String wire() {
    return wire;
  }
}
