package io.multijob.sandbox.run.client;

import tools.jackson.databind.node.ObjectNode;

/// What the API server says to a request.
public sealed interface Answer {

  /// It did as asked.
  record Done(ObjectNode object) implements Answer {}

  /// It did not.
  ///
  /// @param code HTTP's
  /// @param reason the API's word for it, such as `NotFound`; may be empty
  record Refused(int code, String reason, String message) implements Answer {

    /// Whether the same request can succeed later.
    public boolean isTemporary() {
      return code == 429 || code >= 500;
    }

    @Override
    public String toString() {
      return "%d %s: %s".formatted(code, reason, message);
    }
  }
}
