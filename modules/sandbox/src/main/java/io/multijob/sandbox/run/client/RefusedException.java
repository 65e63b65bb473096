package io.multijob.sandbox.run.client;

import java.io.IOException;

/// The API server has refused a list or a watch.
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  RefusedException(Answer.Refused refusal) {
    super("the API server refused: " + refusal);
    this.code = refusal.code();
  }

  /// Whether the version that was asked for is not kept any more.
  boolean isGone() {
    return code == 410;
  }
}
