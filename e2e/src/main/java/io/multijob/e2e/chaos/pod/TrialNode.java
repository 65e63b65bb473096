package io.multijob.e2e.chaos.pod;

import io.multijob.e2e.chaos.pod.PodApi.Call;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The node on which the pods of the trial are said to run: nothing but an object that is told to
/// be ready, so that nobody takes its pods for abandoned and deletes them.
///
/// Thread-safe.
final class TrialNode implements AutoCloseable {
  private static final Duration HEARTBEAT = Duration.ofSeconds(10);
  private static final String JSON = "application/json";

  private final PodApi api;
  private final String name;
  private final Thread heart;

  private TrialNode(PodApi api, String name) {
    this.api = api;
    this.name = name;
    this.heart = Thread.ofVirtual().name("trial-node").unstarted(this::beat);
  }

  /// Makes one of that name, on which nothing else is put.
  static TrialNode create(PodApi api, String name) throws IOException, InterruptedException {
    Call call =
        new Call(
            "POST",
            "/api/v1/nodes",
            JSON,
            """
            {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "%s"},
             "spec": {"unschedulable": true}}
            """
                .formatted(name));
    api.send(call).orFail(call);
    TrialNode node = new TrialNode(api, name);
    node.sayReady();
    node.heart.start();
    return node;
  }

  String name() {
    return name;
  }

  /// Deletes it.
  @Override
  public void close() throws IOException {
    heart.interrupt();
    try {
      heart.join();
      api.send(new Call("DELETE", "/api/v1/nodes/" + name, JSON, "{}"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat() {
    try {
      while (true) {
        Thread.sleep(HEARTBEAT);
        sayReady();
      }
    } catch (InterruptedException | IOException e) {
      return; // told to stop, or nobody listens any more
    }
  }

  private void sayReady() throws IOException, InterruptedException {
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    Call call =
        new Call(
            "PATCH",
            "/api/v1/nodes/" + name + "/status",
            "application/strategic-merge-patch+json",
            """
            {"status": {"conditions": [{"type": "Ready", "status": "True", "reason": "Trial",
             "lastHeartbeatTime": "%s", "lastTransitionTime": "%s"}]}}
            """
                .formatted(now, now));
    api.send(call).orFail(call);
  }
}
