package io.multijob.servo.watch;

import io.multijob.servo.kubernetes.KubernetesApi;

/// Where a [ListWatch] takes pods from.
///
/// @param api the way to the API server
/// @param requests which pods
/// @param form in what form; for this one list-watch alone
/// @param timing how long to watch and to wait
record PodFeed<T>(KubernetesApi api, PodRequests requests, PodForm<T> form, WatchTiming timing) {}
