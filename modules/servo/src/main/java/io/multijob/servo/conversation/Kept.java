package io.multijob.servo.conversation;

import io.multijob.protocol.Answer;
import io.multijob.protocol.AnswerJson;
import io.multijob.protocol.Command;

/// The last ADJUST of an app.
///
/// @param json the command as the service's answer has it
record Kept(Command.Adjust command, Standing standing, String json) {

  /// Whether a pod has been given it.
  enum Standing {
    /// No pod has: it is for the app's next one.
    DUE,
    /// The last pod was.
    GIVEN
  }

  static Kept of(Command.Adjust command, Standing standing) {
    return new Kept(command, standing, AnswerJson.write(new Answer.Commanded(command)));
  }

  Kept given() {
    return new Kept(command, Standing.GIVEN, json);
  }

  /// How it is offered to a pod.
  Agreement.Adjust toAgreement() {
    return new Agreement.Adjust(
        command,
        switch (standing) {
          case DUE -> Agreement.Freshness.FRESH;
          case GIVEN -> Agreement.Freshness.KEPT;
        });
  }
}
