package io.multijob.servo.conversation;

import io.multijob.protocol.Answer;
import io.multijob.protocol.Command;
import io.multijob.protocol.WhatsNext;
import io.multijob.servo.report.OptuneService;
import io.multijob.servo.report.Reply;
import java.time.Duration;

/// Asks what is next of an app while no pod waits. An ADJUST is kept for the app's next pod.
///
/// Thread-safe.
record SideQuestions(OptuneService service, KeptAdjustments kept) {

  /// @param within how long it may take
  Reply ask(String appId, Duration within) throws InterruptedException {
    Reply reply = service.ask(appId, new WhatsNext(), within);
    if (reply instanceof Reply.Answered(Answer.Commanded(Command.Adjust adjust))) {
      kept.keepForNext(appId, adjust);
    }
    return reply;
  }
}
