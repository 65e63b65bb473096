package io.multijob.servo.admission;

import io.multijob.protocol.Description;
import io.multijob.servo.conversation.Agreement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How the service is heard while a pod waits: for `patience` at the most, whatever the
/// conversation does.
///
/// @param conversation asks it; has a budget of its own, which is shorter
/// @param refusals tells it that its settings do not fit
/// @param patience after it the pod goes unchanged
public record Hearing(Conversation conversation, Refusals refusals, Duration patience) {
  private static final Logger LOG = LoggerFactory.getLogger(Hearing.class);

  /// Nobody is heard.
  public static final Hearing NONE =
      new Hearing(Conversation.NONE, (appId, command, message) -> {}, Duration.ofSeconds(1));

  /// What is agreed on with the service, in time.
  Agreement before(String appId, Supplier<Description> description) {
    FutureTask<Agreement> task = new FutureTask<>(() -> conversation.before(appId, description));
    Thread.ofVirtual().name("admission-conversation").start(task);
    try {
      return task.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      boolean _ = task.cancel(true);
      return new Agreement.Unchanged("the conversation took longer than " + patience);
    } catch (ExecutionException e) {
      LOG.atError().setCause(e.getCause()).log("Conversation failed, pod goes unchanged");
      return new Agreement.Unchanged("the conversation failed");
    } catch (InterruptedException e) {
      boolean _ = task.cancel(true);
      Thread.currentThread().interrupt();
      return new Agreement.Unchanged("stopping");
    }
  }
}
