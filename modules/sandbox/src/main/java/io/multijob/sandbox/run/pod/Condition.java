package io.multijob.sandbox.run.pod;

import java.time.Instant;

/// One of the conditions in a pod's status.
///
/// @param holds whether it is `True` now
/// @param reason one word, or empty
/// @param message empty where nothing needs saying
/// @param since when `holds` became what it is
record Condition(String type, Truth holds, String reason, String message, Instant since) {

  enum Truth {
    TRUE("True"),
    FALSE("False");

    private final String apiName;

    Truth(String apiName) {
      this.apiName = apiName;
    }

    static Truth of(boolean value) {
      return value ? TRUE : FALSE;
    }

    String apiName() {
      return apiName;
    }
  }
}
