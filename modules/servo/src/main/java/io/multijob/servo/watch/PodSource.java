package io.multijob.servo.watch;

import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.AppIdPath;

/// Where pods are seen, and how.
///
/// @param api the way to the API server
/// @param path where a pod's app id stands in it
/// @param timing how long to watch and to wait
public record PodSource(KubernetesApi api, AppIdPath path, WatchTiming timing) {}
