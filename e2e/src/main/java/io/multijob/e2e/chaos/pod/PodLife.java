package io.multijob.e2e.chaos.pod;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.multijob.e2e.chaos.ledger.Ledger;
import io.multijob.e2e.chaos.ledger.Span;
import io.multijob.e2e.chaos.pod.PodApi.Answer;
import io.multijob.e2e.chaos.pod.PodApi.Call;
import io.multijob.e2e.chaos.pod.PodPlan.Deletion.Manner;
import io.multijob.e2e.chaos.pod.PodPlan.Deletion.Stage;
import io.multijob.e2e.chaos.pod.PodPlan.Figures;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/// Takes one pod through its life, and writes into the ledger what it did when.
///
/// Used by one thread.
final class PodLife {
  private static final String FINALIZER = "servo.optune.io/measurement";
  private static final String MERGE_PATCH = "application/merge-patch+json";
  private static final String JSON = "application/json";

  /// The grace period, of which nobody here makes use.
  private static final int GRACE_SECONDS = 30;

  private static final Duration SEEN_RUNNING = Duration.ofSeconds(1);
  private static final Duration DYING = Duration.ofMillis(150);

  private final Surroundings surroundings;
  private final String name;
  private final PodPlan plan;
  private final PodJson json;
  private String uid = "";

  PodLife(Surroundings surroundings, String name, PodPlan plan) {
    this.surroundings = surroundings;
    this.name = name;
    this.plan = plan;
    this.json = new PodJson(name, plan);
  }

  void live(String appId) throws IOException, InterruptedException {
    create(appId);
    Thread.sleep(plan.pending());
    if (plan.deletion().when() == Stage.PENDING) {
      remove(plan.deletion().manner());
      return;
    }
    // What begins and ends within a kubelet's next write is never told to run.
    if (plan.running().compareTo(SEEN_RUNNING) >= 0) {
      write(json.running());
    }
    Thread.sleep(plan.running());
    if (plan.deletion().when() == Stage.RUNNING) {
      remove(plan.deletion().manner());
      return;
    }
    end();
  }

  private void create(String appId) throws IOException, InterruptedException {
    Call call = new Call("POST", pods(), JSON, json.pod(surroundings.node(), appId));
    Answer answer = surroundings.api().send(call);
    if (answer.status() == HttpURLConnection.HTTP_CONFLICT) {
      // The name is ours alone: an attempt whose answer was lost has created it.
      Call look = new Call("GET", pods() + "/" + name, JSON, "");
      uid = surroundings.api().send(look).orFail(look).metadata().path("uid").stringValue();
    } else {
      uid = answer.orFail(call).metadata().path("uid").stringValue();
    }
    ledger().created(uid, name, plan.text(), answer.span());
  }

  private void end() throws IOException, InterruptedException {
    if (plan.figures() == Figures.NONE || plan.figures() == Figures.TOGETHER) {
      ledger().ended(uid, write(over(plan.figures() == Figures.TOGETHER ? figures() : "")));
      if (waitForDeletion(plan.deletion().delay())) {
        remove(Manner.FORCED);
      }
      return;
    }
    ledger().ended(uid, write(json.ended(plan.ending().reason(), plan.ending().exit())));
    Duration left = plan.deletion().delay().minus(plan.lag());
    boolean goes = plan.deletion().when() != Stage.NOT;
    if (goes && (left.isNegative() || plan.figures() == Figures.NEVER)) {
      if (waitForDeletion(plan.deletion().delay())) {
        removeBeforePodmonEnds();
      }
      return;
    }
    Thread.sleep(plan.lag());
    endPodmon();
    if (goes && waitForDeletion(left)) {
      remove(Manner.FORCED);
    }
  }

  private void endPodmon() throws IOException, InterruptedException {
    switch (plan.figures()) {
      case LATER -> write(over(figures()));
      case POSTED -> {
        surroundings.posts().post(figures());
        write(over(""));
      }
      case NONE, TOGETHER, NEVER -> {}
    }
  }

  private void removeBeforePodmonEnds() throws IOException, InterruptedException {
    if (plan.deletion().manner() == Manner.ORDERLY) {
      ask();
      Thread.sleep(DYING);
      if (plan.figures() == Figures.NEVER) {
        write(over(""));
      } else {
        endPodmon();
      }
    }
    remove(Manner.FORCED);
  }

  /// Waits to delete the pod.
  ///
  /// @return false if it should stay
  private boolean waitForDeletion(Duration delay) throws InterruptedException {
    return switch (plan.deletion().when()) {
      case NOT -> false;
      case LATE -> !surroundings.closing().await(delay.toNanos(), NANOSECONDS);
      case PENDING, RUNNING, AT_END, SOON -> {
        Thread.sleep(delay);
        yield true;
      }
    };
  }

  /// Deletes the pod; in an orderly way its workload is told to end, does so, and is seen to have
  /// ended, and then the pod is gone.
  private void remove(Manner manner) throws IOException, InterruptedException {
    if (manner == Manner.ORDERLY) {
      ask();
      Thread.sleep(DYING);
      if (plan.deletion().when() == Stage.RUNNING) {
        ledger().ended(uid, write(json.over("Error", 143, message())));
      }
    }
    Answer answer = delete(0);
    if (isHeld(answer)) {
      ledger().held(uid);
    } else {
      ledger().deleted(uid, answer.span());
    }
  }

  private void ask() throws IOException, InterruptedException {
    Answer _ = delete(GRACE_SECONDS);
  }

  /// One that is not there any more was deleted by an attempt whose answer was lost.
  private Answer delete(int grace) throws IOException, InterruptedException {
    Call call =
        new Call(
            "DELETE",
            pods() + "/" + name,
            JSON,
            "{\"gracePeriodSeconds\": %d, \"preconditions\": {\"uid\": \"%s\"}}"
                .formatted(grace, uid));
    Answer answer = surroundings.api().send(call);
    return answer.status() == HttpURLConnection.HTTP_NOT_FOUND ? answer : answer.orFail(call);
  }

  private static boolean isHeld(Answer answer) {
    if (!answer.ok()) {
      return false;
    }
    for (JsonNode finalizer : answer.metadata().path("finalizers")) {
      if (finalizer.stringValue().equals(FINALIZER)) {
        return true;
      }
    }
    return false;
  }

  private Span write(String status) throws IOException, InterruptedException {
    Call call = new Call("PATCH", pods() + "/" + name + "/status", MERGE_PATCH, status);
    Answer answer = surroundings.api().send(call);
    while (answer.status() == HttpURLConnection.HTTP_CONFLICT) {
      answer = surroundings.api().send(call);
    }
    return answer.orFail(call).span();
  }

  private String over(String message) {
    return json.over(plan.ending().reason(), plan.ending().exit(), message);
  }

  /// What podmon leaves when its pod is told to go.
  private String message() {
    return plan.figures() == Figures.TOGETHER || plan.figures() == Figures.LATER ? figures() : "";
  }

  private String figures() {
    return PodJson.figures(uid);
  }

  private String pods() {
    return "/api/v1/namespaces/" + surroundings.namespace() + "/pods";
  }

  private Ledger ledger() {
    return surroundings.ledger();
  }
}
