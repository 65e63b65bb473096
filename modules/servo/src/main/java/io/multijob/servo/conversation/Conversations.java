package io.multijob.servo.conversation;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.servo.conversation.Talk.Culprit;
import io.multijob.servo.conversation.Talk.Result;
import io.multijob.servo.report.OptuneService;
import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the service what a pod that is about to start should be given, within the budget.
///
/// Each conversation ([Talk]) has a virtual thread, and is cut off at the end of the budget: what
/// the service would have said later is lost. A service that was slow or away a few times in a row
/// is not waited for ([Breaker]), nor in the conversations that are held at that moment, until a
/// probe beside the pods' way ([Prober]) was answered in time.
///
/// Without an answer a pod is given the last ADJUST of its app; it is given nothing when there is
/// none. An ADJUST that the service gave when no pod could be given it, to a probe or after an
/// ADJUSTMENT, is for the app's next pod, unless the service then says another.
///
/// Thread-safe.
public final class Conversations implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Conversations.class);

  private static final int MAX_TALKS = 256;

  private final OptuneService service;
  private final KeptAdjustments kept;
  private final Timing timing;
  private final ConversationListener listener;
  private final SideQuestions questions;
  private final Breaker breaker;
  private final Prober prober;
  private final Semaphore places = new Semaphore(MAX_TALKS);
  private final Set<Held> held = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("conversation-", 0).factory());

  /// How long things may take.
  ///
  /// @param budget how long a pod waits at the most, and a probe
  /// @param probes the pauses between probes of a service that is not waited for
  public record Timing(Duration budget, Backoff probes) {

    /// With this budget, and probes that come after a second at first and a minute at last.
    public static Timing of(Duration budget) {
      return new Timing(budget, new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1)));
    }
  }

  /// A conversation that is being held.
  private record Held(String appId, Talk talk, FutureTask<Result> task) {}

  /// @param kept outlives this; not closed by it
  public Conversations(
      OptuneService service,
      KeptAdjustments kept,
      Timing timing,
      ConversationListener listener,
      InstantSource clock) {
    this.service = service;
    this.kept = kept;
    this.timing = timing;
    this.listener = listener;
    this.questions = new SideQuestions(service, kept);
    this.breaker = new Breaker(timing.probes(), clock);
    this.prober = new Prober(breaker, questions, timing.budget(), clock);
  }

  /// Starts to probe what is not waited for.
  public void start() {
    prober.start();
  }

  /// What the service wants of an app whose pod is about to start. Returns within the budget.
  ///
  /// @param appId not empty
  /// @param description of the pod; made, on another thread, when the service asks for it
  public Agreement before(String appId, Supplier<Description> description) {
    long begin = System.nanoTime();
    Result result = hold(appId, description);
    judge(appId, result);
    Agreement agreement = agreement(appId, result);
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    listener.ended(agreement, ending(result), took);
    LOG.atDebug()
        .addKeyValue("app", appId)
        .addKeyValue("result", result)
        .addKeyValue("duration", took)
        .log("Conversation has ended");
    return agreement;
  }

  /// What a pod of the app would be given while the service does not answer. Asks nobody, and
  /// changes nothing: for a dry run.
  public Agreement withoutAsking(String appId) {
    return or(kept.peek(appId), new Agreement.Unchanged("the service was not asked"));
  }

  /// Why the service is not waited for at all, for a person; nothing if it is.
  public Optional<String> problem() {
    return breaker.problem();
  }

  /// With how many apps the service is not waited for, when it is with others.
  public int shutApps() {
    return breaker.shutApps();
  }

  /// False while the service is not waited for in this app's name.
  boolean waitsFor(String appId) {
    return breaker.objection(appId).isEmpty();
  }

  SideQuestions questions() {
    return questions;
  }

  /// Cuts off what is being said. Pods are given what is kept from now on.
  @Override
  public void close() {
    prober.close();
    threads.shutdown();
    cutOff(each -> true);
    threads.shutdownNow();
  }

  private Result hold(String appId, Supplier<Description> description) {
    if (!places.tryAcquire()) {
      return new Result.NotHeld(MAX_TALKS + " conversations are being held");
    }
    Talk talk = new Talk(service, appId, description, timing.budget());
    Held conversation = new Held(appId, talk, new FutureTask<>(talk::hold));
    held.add(conversation); // before the breaker is asked: who shuts it cuts off all that is here
    Optional<String> objection = breaker.objection(appId);
    if (objection.isPresent()) {
      release(conversation);
      return new Result.NotHeld(objection.get());
    }
    try {
      threads.execute(() -> {
        try {
          conversation.task().run();
        } finally {
          release(conversation);
        }
      });
    } catch (RejectedExecutionException e) {
      release(conversation);
      return new Result.NotHeld("the servo is stopping");
    }
    return await(conversation);
  }

  private void release(Held conversation) {
    held.remove(conversation);
    places.release();
  }

  private Result await(Held conversation) {
    FutureTask<Result> task = conversation.task();
    try {
      return task.get(timing.budget().toNanos(), NANOSECONDS);
    } catch (TimeoutException e) {
      Culprit culprit = conversation.talk().culprit();
      task.cancel(true);
      return new Result.Late("there was no answer within " + timing.budget(), culprit);
    } catch (CancellationException e) {
      return new Result.NotHeld("the service is not waited for any more");
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return new Result.NotHeld("interrupted");
    } catch (ExecutionException e) {
      return broken(conversation.appId(), e.getCause() == null ? e : e.getCause());
    }
  }

  private static Result broken(String appId, Throwable failure) {
    if (failure instanceof InterruptedException) {
      return new Result.NotHeld("the servo is stopping");
    }
    LOG.atError().setCause(failure).addKeyValue("app", appId).log("Conversation failed");
    return new Result.Broken("the conversation failed: " + failure);
  }

  /// Tells the breaker how the service did.
  private void judge(String appId, Result result) {
    switch (result) {
      case Result.Adjusted _, Result.Content _, Result.Odd _, Result.Refused _ ->
          breaker.well(appId);
      case Result.Away(String reason, Duration pause) -> failed(appId, reason, pause);
      case Result.Late(String reason, Culprit culprit) -> {
        if (culprit == Culprit.SERVICE) {
          failed(appId, reason, Duration.ZERO);
        }
      }
      case Result.NotHeld _, Result.Broken _ -> {}
    }
  }

  private void failed(String appId, String reason, Duration pause) {
    switch (breaker.failed(appId, reason, pause)) {
      case NOTHING -> {}
      case APP -> {
        LOG.atWarn()
            .addKeyValue("app", appId)
            .addKeyValue("reason", reason)
            .log("Service is not waited for with this app, until a probe goes well");
        cutOff(each -> each.equals(appId));
        prober.wake();
      }
      case SERVICE -> {
        LOG.atWarn()
            .addKeyValue("reason", reason)
            .log("Service is not waited for, until a probe goes well");
        cutOff(each -> true);
        prober.wake();
      }
    }
  }

  private void cutOff(Predicate<String> apps) {
    for (Held conversation : held) {
      if (apps.test(conversation.appId())) {
        conversation.task().cancel(true);
      }
    }
  }

  private Agreement agreement(String appId, Result result) {
    return switch (result) {
      case Result.Adjusted(Command.Adjust command) -> {
        kept.given(appId, command);
        yield new Agreement.Adjust(command, Agreement.Freshness.FRESH);
      }
      case Result.Content(String reason) ->
          or(kept.takeDue(appId), new Agreement.AsAuthored(reason));
      case Result.Odd(String reason) -> new Agreement.Unchanged(reason);
      case Result.Refused(String reason) -> or(kept.take(appId), new Agreement.Unchanged(reason));
      case Result.Away(String reason, var pause) ->
          or(kept.take(appId), new Agreement.Unchanged(reason));
      case Result.Late(String reason, var culprit) ->
          or(kept.take(appId), new Agreement.Unchanged(reason));
      case Result.NotHeld(String reason) -> or(kept.take(appId), new Agreement.Unchanged(reason));
      case Result.Broken(String reason) -> or(kept.take(appId), new Agreement.Unchanged(reason));
    };
  }

  private static Agreement or(Optional<Agreement.Adjust> adjust, Agreement otherwise) {
    return adjust.isPresent() ? adjust.get() : otherwise;
  }

  private static Ending ending(Result result) {
    return switch (result) {
      case Result.Adjusted _, Result.Content _ -> Ending.ANSWERED;
      case Result.Odd _ -> Ending.GARBLED;
      case Result.Refused _, Result.Away _, Result.Broken _ -> Ending.FAILED;
      case Result.Late _ -> Ending.LATE;
      case Result.NotHeld _ -> Ending.NOT_HELD;
    };
  }
}
