package io.multijob.servo.injection;

/// How the cluster runs podmon beside the workload.
public enum Hosting {
  /// As the last init container, with `restartPolicy: Always`: the kubelet starts it before the
  /// workload and ends it after (Kubernetes 1.29 on).
  NATIVE_SIDECAR,
  /// As the last regular container, which has to end by itself.
  LAST_CONTAINER
}
