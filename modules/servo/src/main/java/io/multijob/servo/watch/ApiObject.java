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
  record Failure(int code, String reason, String message) {

    /// What this means for a list or a watch that was answered with `status`.
    WatchProblem problem(int status) {
      boolean expired = reason.equals("Expired") || reason.equals("Gone");
      WatchProblem.Kind kind =
          switch (status) {
            case 401 -> WatchProblem.Kind.UNAUTHORIZED;
            case 403 -> WatchProblem.Kind.FORBIDDEN;
            case 404 -> WatchProblem.Kind.NOT_FOUND;
            case 410 -> WatchProblem.Kind.EXPIRED;
            case 429, 502, 503, 504 -> expired ? WatchProblem.Kind.EXPIRED : WatchProblem.Kind.BUSY;
            default -> expired ? WatchProblem.Kind.EXPIRED : WatchProblem.Kind.REFUSED;
          };
      String text = message.isEmpty() ? reason : message;
      return new WatchProblem(kind, text.isEmpty() ? "status " + status : status + ": " + text);
    }
  }
}
