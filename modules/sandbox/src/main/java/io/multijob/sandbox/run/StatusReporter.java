package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.Persistence;
import io.multijob.sandbox.run.client.ResourcePath;
import io.multijob.sandbox.run.pod.PodIdentity;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Tells the API server of one pod's statuses, in order, and at last that the pod may go, so that a
/// slow server delays nothing in the pod. Statuses that are overtaken are left out.
///
/// Thread-safe.
final class StatusReporter {
  private static final Logger LOG = LoggerFactory.getLogger(StatusReporter.class);

  private final ApiClient client;
  private final PodIdentity pod;
  private final BlockingQueue<Word> words = new LinkedBlockingQueue<>();
  private final Thread thread;

  /// What is to be told.
  private sealed interface Word {
    record Status(ObjectNode status) implements Word {}

    record Delete() implements Word {}
  }

  StatusReporter(ApiClient client, PodIdentity pod) {
    this.client = client;
    this.pod = pod;
    this.thread = Thread.ofVirtual().name("status " + pod).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// To be told as soon as possible.
  void report(ObjectNode status) {
    words.add(new Word.Status(status));
  }

  /// After the last status: nothing of the pod is left, so its object may go.
  void letGo() {
    words.add(new Word.Delete());
  }

  /// Forgets what has not been told.
  void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        Word word = words.take();
        if (!isOvertaken(word)) {
          tell(word);
        }
      }
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("pod", pod).log("Status reporter stopped");
    }
  }

  private boolean isOvertaken(Word word) {
    return word instanceof Word.Status && words.peek() instanceof Word.Status;
  }

  private void tell(Word word) throws InterruptedException {
    String path = ResourcePath.pod(pod.namespace(), pod.name());
    Answer answer =
        switch (word) {
          case Word.Status(ObjectNode status) -> {
            ObjectNode patch = Json.object();
            patch.putObject("metadata").put("uid", pod.uid()); // no other pod of this name
            patch.set("status", status);
            yield Persistence.untilAnswered(() -> client.patch(path + "/status", patch));
          }
          case Word.Delete() -> {
            ObjectNode options = Json.object().put("gracePeriodSeconds", 0);
            options.putObject("preconditions").put("uid", pod.uid());
            yield Persistence.untilAnswered(() -> client.delete(path, options));
          }
        };
    if (answer instanceof Answer.Refused refused && refused.code() != 404) {
      LOG.atWarn().addKeyValue("pod", pod).addKeyValue("reason", refused).log("Status was refused");
    }
  }
}
