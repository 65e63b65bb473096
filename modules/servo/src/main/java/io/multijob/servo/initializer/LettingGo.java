package io.multijob.servo.initializer;

import io.multijob.servo.initializer.InitializerListener.Ending;
import io.multijob.servo.pod.PodRef;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Lets one pod go: with our changes if that can be, as it is otherwise.
///
/// A change is tried a few times only. One that the API server refuses is not tried again, and one
/// that did not fit though nobody has changed the pod was refused as well.
///
/// For one pod and its thread.
final class LettingGo {
  private static final Logger LOG = LoggerFactory.getLogger(LettingGo.class);

  private static final int CHANGE_ATTEMPTS = 3;

  /// So often in a row a pod may not be let go before a person has to act.
  private static final int FAILURES_TO_ALARM = 3;

  private final PodRef pod;
  private final PendingPods pods;
  private final LimitedChange change;
  private final InitializerTiming timing;
  private final InitializerListener listener;

  private int changesLeft = CHANGE_ATTEMPTS;
  private Optional<Wanted> wanted = Optional.empty();
  private String unfitVersion = ""; // for which a change did not fit
  private boolean tried; // to let it go
  private int failures; // in a row

  /// What is next.
  private sealed interface Step {
    record Over(Ending ending) implements Step {}

    /// It was looked at once more, and there is nothing to do.
    record Idle() implements Step {}

    record Again(Duration pause) implements Step {}
  }

  /// What a version of the pod is to be.
  private record Wanted(String version, ObjectNode document) {}

  /// A patch, and how we are done with the pod once it is taken.
  private record Try(String patch, Ending ending) {}

  LettingGo(
      PodRef pod,
      PendingPods pods,
      LimitedChange change,
      InitializerTiming timing,
      InitializerListener listener) {
    this.pod = pod;
    this.pods = pods;
    this.change = change;
    this.timing = timing;
    this.listener = listener;
  }

  /// One attempt with the pod as it was seen; nothing when it is to be read first.
  ///
  /// @return the pause before the next attempt, which reads it; nothing when there is to be none:
  ///   it is done, the pod is gone, or it is another's turn
  Optional<Duration> attempt(Optional<PendingPod> seen) throws InterruptedException {
    return switch (step(seen)) {
      case Step.Over(Ending ending) -> {
        listener.ended(ending);
        LOG.atDebug().addKeyValue("pod", pod).addKeyValue("reason", ending).log("Pod let go");
        yield Optional.empty();
      }
      case Step.Idle() -> Optional.empty();
      case Step.Again(Duration pause) -> Optional.of(pause);
    };
  }

  private Step step(Optional<PendingPod> seen) throws InterruptedException {
    try {
      Optional<PendingPod> now = seen.isPresent() ? seen : pods.read(pod);
      boolean ours =
          now.filter(each -> each.uid().equals(pod.uid()) && each.isOurTurn()).isPresent();
      if (ours) {
        return patch(now.get());
      }
      return tried ? new Step.Over(Ending.GONE) : new Step.Idle();
    } catch (IOException e) {
      return later(String.valueOf(e.getMessage()), Duration.ZERO);
    }
  }

  private Step patch(PendingPod now) throws InterruptedException {
    tried = true;
    Try next = next(now);
    boolean changes = next.ending() == Ending.CHANGED;
    return switch (pods.patch(pod, next.patch())) {
      case Answer.Done() -> new Step.Over(next.ending());
      case Answer.Gone() -> new Step.Over(Ending.GONE);
      case Answer.Unfit(String reason) -> {
        unfitVersion = changes ? now.version() : "";
        yield later(reason, Duration.ZERO);
      }
      case Answer.Refused(String reason) when changes -> {
        giveUp(reason);
        yield new Step.Again(Duration.ZERO);
      }
      case Answer.Refused(String reason) -> later(reason, Duration.ZERO);
      case Answer.Later(String reason, Duration after) -> later(reason, after);
    };
  }

  private Try next(PendingPod now) throws InterruptedException {
    if (changesLeft > 0 && now.version().equals(unfitVersion)) {
      giveUp("the change is not valid");
    }
    if (changesLeft == 0 && wanted.isPresent()) {
      giveUp("the change was tried " + CHANGE_ATTEMPTS + " times");
    }
    if (changesLeft > 0) {
      Optional<ObjectNode> document = wanted(now);
      if (document.isPresent() && document.get().equals(now.document())) {
        return new Try(InitializerPatch.release(now), Ending.UNCHANGED);
      }
      if (document.isPresent()) {
        changesLeft--;
        return new Try(InitializerPatch.change(now, document.get()), Ending.CHANGED);
      }
    }
    return new Try(InitializerPatch.release(now), Ending.GIVEN_UP);
  }

  /// What the pod is to be; found out once for each version. Nothing if that cannot be known.
  private Optional<ObjectNode> wanted(PendingPod now) throws InterruptedException {
    if (wanted.filter(known -> known.version().equals(now.version())).isEmpty()) {
      try {
        wanted = Optional.of(new Wanted(now.version(), change.wanted(now)));
      } catch (ExecutionException e) {
        giveUp(String.valueOf(e.getCause()));
        return Optional.empty();
      } catch (TimeoutException e) {
        giveUp("what is to be changed was not known in time");
        return Optional.empty();
      }
    }
    return wanted.map(Wanted::document);
  }

  /// Lets the pod go as it is, from the next attempt on.
  void giveUp(String reason) {
    changesLeft = 0;
    wanted = Optional.empty();
    LOG.atWarn()
        .addKeyValue("pod", pod)
        .addKeyValue("reason", reason)
        .log("Pod cannot be changed before it starts, it is let go as it is");
  }

  private Step later(String reason, Duration after) {
    failures++;
    listener.delayed();
    var line = failures == FAILURES_TO_ALARM ? LOG.atError() : LOG.atDebug();
    line.addKeyValue("pod", pod)
        .addKeyValue("reason", reason)
        .addKeyValue("failures", failures)
        .log("Pod cannot be let go yet and does not start, will try again");
    Duration pause = timing.backoff().pause(failures, ThreadLocalRandom.current());
    return new Step.Again(pause.compareTo(after) < 0 ? after : pause);
  }
}
