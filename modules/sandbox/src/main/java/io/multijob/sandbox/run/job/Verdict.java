package io.multijob.sandbox.run.job;

/// Whether a Job goes on.
public sealed interface Verdict {

  /// More is to be done.
  record GoesOn() implements Verdict {}

  /// It ends.
  ///
  /// @param target the condition of a Job that is decided while pods of it still run
  /// @param condition the one of a Job that is over
  record Over(String target, String condition, String reason, String message) implements Verdict {}

  /// As many pods have succeeded as should.
  static Verdict complete() {
    return new Over(
        "SuccessCriteriaMet",
        "Complete",
        "CompletionsReached",
        "Reached expected number of succeeded pods");
  }

  /// It will not get there any more.
  static Verdict failed(String reason, String message) {
    return new Over("FailureTarget", "Failed", reason, message);
  }
}
