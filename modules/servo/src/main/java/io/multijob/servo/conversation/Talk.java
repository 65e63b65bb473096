package io.multijob.servo.conversation;

import io.multijob.protocol.Answer;
import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.protocol.Event;
import io.multijob.protocol.WhatsNext;
import io.multijob.servo.report.OptuneService;
import io.multijob.servo.report.Reply;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// One conversation about one pod: WHATS_NEXT, until the service has said what it wants. It is
/// described once and slept on once, without sleeping, so there are four questions at the most.
///
/// Used by one thread, except for [#culprit()].
final class Talk {
  private final OptuneService service;
  private final String appId;
  private final Supplier<Description> description;
  private final Duration budget;
  private final long begin = System.nanoTime();

  private boolean described;
  private boolean slept;
  private volatile Culprit culprit = Culprit.SERVICE;

  /// @param description made when the service asks for it
  /// @param budget how long it may all take, from now on
  Talk(OptuneService service, String appId, Supplier<Description> description, Duration budget) {
    this.service = service;
    this.appId = appId;
    this.description = description;
    this.budget = budget;
  }

  /// What came of a conversation.
  sealed interface Result {

    /// The service wants these settings.
    record Adjusted(Command.Adjust command) implements Result {}

    /// The service wants nothing to be changed.
    record Content(String reason) implements Result {}

    /// The service wants what it cannot have, or what is not of the protocol.
    record Odd(String reason) implements Result {}

    /// The service answers, but not to this.
    record Refused(String reason) implements Result {}

    /// The service does not answer.
    ///
    /// @param pause how long it asks us to wait at least
    record Away(String reason, Duration pause) implements Result {}

    /// The budget was over.
    ///
    /// @param reason who was waited for
    record Late(String reason, Culprit culprit) implements Result {}

    /// The conversation was not held, or not to its end, for a reason that is not in it.
    record NotHeld(String reason) implements Result {}

    /// It failed by our own fault.
    record Broken(String reason) implements Result {}
  }

  /// Who used up the budget.
  enum Culprit {
    SERVICE,
    US
  }

  /// Holds it.
  Result hold() throws InterruptedException {
    Optional<Result> result = Optional.empty();
    while (result.isEmpty()) {
      result = resultOf(ask(new WhatsNext()));
    }
    return result.get();
  }

  /// Who is being waited for.
  Culprit culprit() {
    return culprit;
  }

  private Reply ask(Event event) throws InterruptedException {
    Duration left = budget.minusNanos(System.nanoTime() - begin);
    return left.isPositive()
        ? service.ask(appId, event, left)
        : new Reply.Unreachable("no time was left", Duration.ZERO);
  }

  /// What the conversation comes to with this reply; nothing if it goes on.
  private Optional<Result> resultOf(Reply reply) throws InterruptedException {
    return switch (reply) {
      case Reply.Answered(Answer.Done()) ->
          Optional.of(new Result.Content("the service asks for nothing"));
      case Reply.Answered(Answer.Commanded(Command command)) -> obey(command);
      case Reply.Garbled(String reason) ->
          Optional.of(new Result.Odd("the service's answer is not understood: " + reason));
      case Reply.Refused(String reason) ->
          Optional.of(new Result.Refused("the service refused to answer: " + reason));
      case Reply.Unreachable(String reason, Duration pause) ->
          Optional.of(new Result.Away("the service did not answer: " + reason, pause));
    };
  }

  private Optional<Result> obey(Command command) throws InterruptedException {
    return switch (command) {
      case Command.Adjust adjust -> Optional.of(new Result.Adjusted(adjust));
      case Command.Measure() ->
          Optional.of(new Result.Content("the service wants it measured as it is"));
      case Command.Unknown(String name) ->
          Optional.of(new Result.Odd("the service asks for what we do not know: " + name));
      case Command.Sleep _ -> {
        boolean again = slept;
        slept = true;
        yield again
            ? Optional.of(new Result.Content("the service wants it to wait, which it cannot"))
            : Optional.empty();
      }
      case Command.Describe() -> describe();
    };
  }

  /// What the service asks for in its answer to a description is not heard: it is asked again.
  private Optional<Result> describe() throws InterruptedException {
    if (described) {
      return Optional.of(new Result.Odd("the service wants it described twice"));
    }
    described = true;
    culprit = Culprit.US;
    Description made = description.get();
    culprit = Culprit.SERVICE;
    Reply reply = ask(made);
    boolean taken = reply instanceof Reply.Answered || reply instanceof Reply.Garbled;
    return taken ? Optional.empty() : resultOf(reply);
  }
}
