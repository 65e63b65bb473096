package io.multijob.cli.cache;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.ApiServer;
import io.multijob.sandbox.api.ApiServerConfig;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.ResourcePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a servo meets on a cluster, once: an API server that asks for a certificate, a service, and
/// a pod that ends and is reported.
///
/// Used by one thread.
final class Rehearsal implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private static final String POD =
      """
      {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "rehearsal"},
       "spec": {"restartPolicy": "Never", "nodeName": "node",
        "containers": [{"name": "main", "image": "none",
         "resources": {"requests": {"cpu": "100m", "memory": "64Mi"}},
         "env": [{"name": "JOBID", "value": "rehearsal"}]}]}}
      """;

  private static final String RUNNING =
      """
      {"status": {"phase": "Running", "startTime": "2026-01-01T00:00:00Z",
        "conditions": [{"type": "Initialized", "status": "True",
          "lastTransitionTime": "2026-01-01T00:00:00Z"}],
        "containerStatuses": [{"name": "main", "containerID": "containerd://main",
          "state": {"running": {"startedAt": "2026-01-01T00:00:00Z"}}}]}}
      """;

  private static final String ENDED =
      """
      {"status": {"phase": "Succeeded",
        "containerStatuses": [{"name": "main", "containerID": "containerd://main",
          "state": {"terminated": {"exitCode": 0, "reason": "Completed",
            "startedAt": "2026-01-01T00:00:00Z", "finishedAt": "2026-01-01T00:00:01Z"}}}]}}
      """;

  private final Path directory;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final ApiServer apiServer;
  private final TlsFront front;
  private final HttpListener service;
  private final Path kubeconfig;

  Rehearsal(Path directory) throws IOException, InterruptedException {
    this.directory = directory;
    RehearsalKeys keys = RehearsalKeys.make(directory);
    this.apiServer =
        new ApiServer(ApiServerConfig.of((namespace, pod, container) -> Optional.empty()));
    apiServer.start();
    this.front = new TlsFront(keys.tls(), apiServer.url().getPort());
    front.start();
    this.service = HttpListener.bindLoopback(Limits.DEFAULT, this::receive);
    service.start();
    this.kubeconfig =
        Files.writeString(directory.resolve("kubeconfig"), keys.kubeconfig(front.port()));
  }

  /// With which the servo finds all of it.
  Map<String, String> settings() {
    return Map.of(
        "KUBECONFIG",
        kubeconfig.toString(),
        "OPTUNE_URL",
        "http://127.0.0.1:" + service.port() + "/{app_id}",
        "POD_NAMESPACES",
        "default",
        "STATE_DIR",
        directory.resolve("state").toString(),
        "METRICS_LISTEN",
        "127.0.0.1:0",
        "ADMISSION_LISTEN",
        "127.0.0.1:0");
  }

  /// Goes through it with a servo that has been started.
  ///
  /// @throws IOException if that does not say in time what it should
  void play() throws IOException, InterruptedException {
    try (ApiClient client = new ApiClient(apiServer.url())) {
      expectDone(client.create(ResourcePath.pods("default"), JSON.readTree(POD)));
      String status = ResourcePath.pod("default", "rehearsal") + "/status";
      expectDone(client.patch(status, JSON.readTree(RUNNING)));
      await("HELLO");
      expectDone(client.patch(status, JSON.readTree(ENDED)));
      await("MEASUREMENT");
    }
  }

  @Override
  public void close() throws IOException {
    service.close();
    front.close();
    apiServer.close();
  }

  private Response receive(Request request) {
    JsonNode event = JSON.readTree(request.bodyText());
    received.add(event.path("event").asString(""));
    return Response.json(200, "{\"status\":\"ok\"}");
  }

  private void await(String event) throws IOException, InterruptedException {
    String next = "";
    while (!next.equals(event)) {
      next = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (next == null) {
        throw new IOException(
            "the servo sent no " + event + " within " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  private static void expectDone(Answer answer) throws IOException {
    if (answer instanceof Answer.Refused refused) {
      throw new IOException("the rehearsal's API server refused: " + refused);
    }
  }
}
