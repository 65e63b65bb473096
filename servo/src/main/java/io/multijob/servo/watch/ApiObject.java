package io.multijob.servo.watch;

import io.multijob.servo.pod.Pod;

/// An object as the API server sends it where a pod is expected: a pod; a bookmark, which is one of
/// that has only a version; or a `Status`, which tells what went wrong.
///
/// @param version its `resourceVersion`; empty in a status
/// @param failure what a `Status` says; its code is 0 in other objects
record ApiObject(Pod pod, String version, Failure failure) {

  /// @param code as an HTTP status
  /// @param reason one word, such as `Expired`
  record Failure(int code, String reason, String message) {}
}
