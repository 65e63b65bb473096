package io.multijob.podmon;

import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Reading;

/// The pod and podmon's own group in it at one moment.
record PodReading(Reading pod, Reading own) {
  static final PodReading NOTHING = new PodReading(Reading.NOTHING, Reading.NOTHING);

  /// `figure` of all in the pod but podmon.
  long others(Figure figure) {
    return Math.max(0, pod.orZero(figure) - own.orZero(figure));
  }
}
