package io.multijob.servo.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An API server that gives the answers it was told to, in order, and remembers what it was asked.
/// A request for which there is no answer yet waits for one.
public final class ScriptedApiServer implements AutoCloseable {
  private static final Limits LIMITS = new Limits(1 << 20, 1_000, Duration.ZERO);

  private final BlockingQueue<Response> answers = new LinkedBlockingQueue<>();
  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final BlockingQueue<Request> patches = new LinkedBlockingQueue<>();
  private final HttpListener listener;

  public ScriptedApiServer() throws IOException {
    listener = HttpListener.bindLoopback(LIMITS, this::handle);
    listener.start();
  }

  /// Adds an answer to the script.
  public ScriptedApiServer then(Response answer) {
    answers.add(answer);
    return this;
  }

  /// The next request, waited for.
  public Request request() throws InterruptedException {
    return requests.take();
  }

  /// The next patch, waited for. Each is answered as if it were applied, beside the script.
  public Request patch() throws InterruptedException {
    return patches.take();
  }

  /// How many patches came that were not taken by [#patch] yet.
  public int patched() {
    return patches.size();
  }

  public String url() {
    return "http://127.0.0.1:" + listener.port();
  }

  /// A client of this server, by a kubeconfig in `directory`.
  public KubernetesApi client(Path directory) throws IOException {
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: scripted, cluster: {server: "%s"}}]
        users: [{name: tester, user: {token: secret}}]
        contexts: [{name: scripted, context: {cluster: scripted, user: tester}}]
        current-context: scripted
        """
            .formatted(url()));
    return KubernetesApi.open(new ClusterAccess.Kubeconfig(List.of(kubeconfig)));
  }

  /// One page of a list.
  public static Response list(String version, String continueToken, String... pods) {
    return Response.json(
        200,
        """
        {"kind":"PodList","apiVersion":"v1",\
        "metadata":{"resourceVersion":"%s","continue":"%s"},"items":[%s]}
        """
            .formatted(version, continueToken, String.join(",", pods)));
  }

  public static String event(String type, String object) {
    return "{\"type\":\"" + type + "\",\"object\":" + object + "}\n";
  }

  public static String bookmark(String version) {
    String pod = "{\"kind\":\"Pod\",\"metadata\":{\"resourceVersion\":\"" + version + "\"}}";
    return event("BOOKMARK", pod);
  }

  public static String status(int code, String reason) {
    return "{\"kind\":\"Status\",\"status\":\"Failure\",\"message\":\"said so\",\"reason\":\""
        + reason
        + "\",\"code\":"
        + code
        + "}";
  }

  /// A watch that ends cleanly after these lines, as at its timeout.
  public static Response watch(String... lines) {
    return stream(Ending.CLEAN, lines);
  }

  /// A watch that stays open after these lines and says nothing more.
  public static Response watchAndHold(String... lines) {
    return stream(Ending.NEVER, lines);
  }

  /// A watch whose connection breaks after these lines.
  public static Response watchAndBreak(String... lines) {
    return stream(Ending.BROKEN, lines);
  }

  @Override
  public void close() {
    listener.close();
  }

  private enum Ending {
    CLEAN,
    BROKEN,
    NEVER
  }

  private static Response stream(Ending ending, String... lines) {
    return Response.stream(
        "application/json",
        out -> {
          for (String line : lines) {
            out.write(line.getBytes(UTF_8));
            out.flush();
          }
          switch (ending) {
            case CLEAN -> {}
            case BROKEN -> throw new IOException("broken by the script");
            case NEVER -> Thread.sleep(Long.MAX_VALUE);
          }
        });
  }

  private Response handle(Request request) throws InterruptedException {
    if (request.method().equals("PATCH")) {
      patches.add(request);
      return Response.json(200, "{}");
    }
    requests.add(request);
    return answers.take();
  }
}
