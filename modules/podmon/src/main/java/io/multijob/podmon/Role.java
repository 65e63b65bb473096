package io.multijob.podmon;

/// What podmon is in its pod, which decides who says that the pod is over.
sealed interface Role {

  /// A native sidecar: the kubelet sends TERM after the last regular container has ended. Until
  /// then an empty pod is only a gap, before the first container or between two.
  record Sidecar() implements Role {}

  /// A regular container: nobody says anything, and the pod ends only if podmon does.
  ///
  /// @param others how many regular containers the pod has beside podmon, at least 1: one that
  ///   still waits for its image is not taken for ended
  record Regular(int others) implements Role {
    public Regular {
      if (others < 1) {
        throw new IllegalArgumentException("a pod without a workload: " + others + " others");
      }
    }
  }
}
