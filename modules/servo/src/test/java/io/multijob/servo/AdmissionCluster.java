package io.multijob.servo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The little of an API server that a servo needs which changes the pods of the namespace `batch`:
/// a version, what is set up, the namespace, and a watch of pods.
final class AdmissionCluster implements AutoCloseable {
  static final String WEBHOOK =
      "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations/servo.optune.io";
  static final String POLICY =
      "/apis/admissionregistration.k8s.io/v1/mutatingadmissionpolicies/servo";
  private static final String NAMESPACE = "/api/v1/namespaces/batch";
  private static final String PODS = NAMESPACE + "/pods";
  private static final Limits LIMITS = new Limits(1 << 20, 1_000, Duration.ZERO);

  private final Map<String, String> objects = new ConcurrentHashMap<>();
  private final BlockingQueue<String> missed = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> bundles = new LinkedBlockingQueue<>();
  private final BlockingQueue<JsonNode> notes = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> watched = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> refusal = new CompletableFuture<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private final HttpListener listener;
  private volatile boolean silent;

  AdmissionCluster() throws IOException {
    objects.put("/version", "{\"major\":\"1\",\"minor\":\"36\"}");
    objects.put(
        "/apis/admissionregistration.k8s.io/v1",
        "{\"resources\":[{\"name\":\"mutatingwebhookconfigurations\"},"
            + "{\"name\":\"mutatingadmissionpolicies\"}]}");
    objects.put(NAMESPACE, "{\"metadata\":{\"name\":\"batch\"}}");
    objects.put(NAMESPACE + "/limitranges", "{\"metadata\":{},\"items\":[]}");
    listener = HttpListener.bindLoopback(LIMITS, this::answer);
    listener.start();
  }

  /// A kubeconfig that leads here, in `directory`.
  Path kubeconfig(Path directory) throws IOException {
    return Files.writeString(
        directory.resolve("kubeconfig"),
        """
        clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: secret}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(listener.port()));
  }

  void put(String path, String object) {
    objects.put(path, object);
  }

  void setUpWebhook() {
    put(
        WEBHOOK,
        "{\"metadata\":{\"name\":\"servo.optune.io\",\"resourceVersion\":\"1\"},\"webhooks\":"
            + "[{\"name\":\"pods.servo.optune.io\","
            + "\"clientConfig\":{\"url\":\"https://127.0.0.1:8443/mutate\"}}]}");
  }

  void setUpPolicy() {
    put(POLICY, "{\"metadata\":{\"name\":\"servo\"}}");
  }

  /// It answers nothing from now on.
  void fallSilent() {
    silent = true;
  }

  /// A pod that can be read, and that the watch shows now.
  void show(String name, String pod) {
    put(PODS + "/" + name, pod);
    watched.add("{\"type\":\"ADDED\",\"object\":" + pod + "}\n");
  }

  /// Has a Job of the app `nightly`, whose pod was refused for this reason.
  void refuse(String reason) {
    put(
        "/apis/batch/v1/namespaces/batch/jobs/refused",
        "{\"spec\":{\"template\":{\"spec\":{\"restartPolicy\":\"Never\",\"containers\":"
            + "[{\"name\":\"main\",\"env\":[{\"name\":\"JOBID\",\"value\":\"nightly\"}]}]}}}}");
    refusal.complete(
        "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Event\",\"metadata\":{\"name\":\"e\","
            + "\"namespace\":\"batch\",\"resourceVersion\":\"2\"},\"reason\":\"FailedCreate\","
            + "\"involvedObject\":{\"apiVersion\":\"batch/v1\",\"kind\":\"Job\","
            + "\"namespace\":\"batch\",\"name\":\"refused\",\"uid\":\"j-1\"},\"message\":\""
            + reason
            + "\"}}\n");
  }

  /// Waits until something was looked for that is not there.
  void awaitMissed(String path) throws InterruptedException {
    while (!missed.take().equals(path)) {}
  }

  /// Whom the webhook's configuration is told to trust, in Base64; waited for.
  String bundle() throws InterruptedException {
    return bundles.take();
  }

  /// The annotations in the next patch of the namespace, waited for.
  JsonNode notes() throws InterruptedException {
    return notes.take();
  }

  @Override
  public void close() {
    over.countDown();
    watched.add("");
    refusal.complete("");
    listener.close();
  }

  private Response answer(Request request) throws InterruptedException {
    if (silent) {
      over.await();
    }
    if (request.method().equals("PATCH")) {
      return patched(request);
    }
    boolean watch = request.query("watch").isPresent();
    if (request.path().equals(PODS)) {
      return watch ? Response.stream("application/json", this::follow) : emptyList();
    }
    if (request.path().equals(NAMESPACE + "/events")) {
      return watch ? Response.stream("application/json", this::tellRefusal) : emptyList();
    }
    String object = objects.get(request.path());
    if (object == null) {
      missed.add(request.path());
      return Response.json(404, "{\"kind\":\"Status\",\"code\":404}");
    }
    return Response.json(200, object);
  }

  private static Response emptyList() {
    return Response.json(200, "{\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[]}");
  }

  private void follow(OutputStream out) throws IOException, InterruptedException {
    for (String event = watched.take(); !event.isEmpty(); event = watched.take()) {
      out.write(event.getBytes(UTF_8));
      out.flush();
    }
  }

  /// To each who watches events.
  private void tellRefusal(OutputStream out) throws IOException, InterruptedException {
    out.write(refusal.join().getBytes(UTF_8));
    out.flush();
    over.await();
  }

  private Response patched(Request request) {
    JsonNode patch = JsonMapper.shared().readTree(request.body());
    if (request.path().equals(WEBHOOK)) {
      bundles.add(patch.at("/webhooks/0/clientConfig/caBundle").asString(""));
    } else if (request.path().equals(NAMESPACE)) {
      notes.add(patch.at("/metadata/annotations"));
    }
    return Response.json(200, "{}");
  }
}
