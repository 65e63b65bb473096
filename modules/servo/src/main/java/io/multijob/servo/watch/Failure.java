package io.multijob.servo.watch;

/// What a `Status` says went wrong.
///
/// @param code as an HTTP status; 0 where there is none
/// @param reason one word, such as `Expired`
record Failure(int code, String reason, String message) {
  static final Failure NONE = new Failure(0, "", "");

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
