package io.multijob.cli;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.optune.Optune;
import io.multijob.optune.OptuneConfig;
import io.multijob.sandbox.api.ApiServer;
import io.multijob.sandbox.api.ApiServerConfig;
import io.multijob.sandbox.run.JobController;
import io.multijob.sandbox.run.Manifest;
import io.multijob.sandbox.run.PodmonInjection;
import io.multijob.sandbox.run.Runner;
import io.multijob.sandbox.run.RunnerConfig;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.ListWatch;
import io.multijob.sandbox.run.client.ResourcePath;
import io.multijob.servo.ConfigurationException;
import io.multijob.servo.Servo;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.pod.AppIdPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// A cluster of one machine: an API server, its node and its Job controller, a service, and a servo
/// between them, all in this process and on ports of the loopback interface.
///
/// Thread-safe: the thread that ends the process closes it, whatever another is doing.
final class Sandbox implements AutoCloseable {
  private static final String USUAL_SERVICE = "127.0.0.1:8090";
  private static final String ANY_PORT = "127.0.0.1:0";

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean closed;

  private final Path directory;
  private final Runner runner;
  private final ApiServer apiServer;
  private final ApiClient client;
  private final Optune service;
  private final ServoConfig servo;

  /// Starts all parts but the servo.
  ///
  /// @param temporary for the state of all parts; closed with them
  /// @throws ConfigurationException if the servo cannot use what the environment says
  Sandbox(TemporaryDirectory temporary) throws IOException, ConfigurationException {
    opened(temporary);
    this.directory = temporary.path();
    Path node = Files.createDirectory(directory.resolve("node"));
    this.runner = opened(new Runner(RunnerConfig.in(node)));
    ApiServerConfig config = ApiServerConfig.of(runner);
    if (runner.hasGroups()) {
      config = config.withMutators(List.of(new PodmonInjection(Distribution.podmon())));
    }
    this.apiServer = opened(new ApiServer(config));
    apiServer.start();
    Files.writeString(kubeconfig(), apiServer.kubeconfig());
    this.client = opened(new ApiClient(apiServer.url()));
    this.service = openService(USUAL_SERVICE);
    service.start();
    this.servo = ServoConfig.from(servoSettings());
  }

  /// Starts the servo, and whatever makes pods run.
  void start() throws ConfigurationException {
    runner.start(apiServer.url());
    opened(new JobController(JobController.USUAL_BACKOFF)).start(apiServer.url());
    opened(new Servo(servo)).start();
  }

  /// Creates the objects, one after another.
  ///
  /// @return their uids
  /// @throws IOException if the API server refuses one
  List<String> create(List<Manifest> manifests) throws IOException, InterruptedException {
    List<String> uids = new ArrayList<>();
    for (Manifest manifest : manifests) {
      switch (client.create(manifest.collection(), manifest.object())) {
        case Answer.Done(var object) -> uids.add(object.path("metadata").path("uid").asString(""));
        case Answer.Refused refused ->
            throw new IOException(
                "%s, document %d: %s".formatted(manifest.file(), manifest.document(), refused));
      }
    }
    return uids;
  }

  void followPods(ListWatch.Sink sink) {
    opened(new ListWatch(client, ResourcePath.pods(), sink)).start();
  }

  void followJobs(ListWatch.Sink sink) {
    opened(new ListWatch(client, ResourcePath.jobs(), sink)).start();
  }

  /// Gives each run that the service stores from now on.
  void followRuns(Consumer<StoredRun> consumer) {
    HttpClient http = opened(HttpClient.newHttpClient());
    opened(new RunFeed(http, service.url(), consumer)).start();
  }

  AppIdPath appIdPath() {
    return servo.pods().appId();
  }

  /// Where the page is.
  URI service() {
    return service.url();
  }

  Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  /// What cannot be measured here, and how to get it.
  List<String> missing() {
    return runner.missing();
  }

  /// Ends all parts, the last one first. Idempotent.
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      while (!open.isEmpty()) {
        close(open.pop());
      }
    } finally {
      lock.unlock();
    }
  }

  private static void close(AutoCloseable part) {
    try {
      part.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      System.err.println("servo sandbox: did not close cleanly: " + e);
    }
  }

  /// A part that is closed with the sandbox; at once, if that is closed already.
  private <T extends AutoCloseable> T opened(T part) {
    lock.lock();
    try {
      if (closed) {
        close(part);
      } else {
        open.push(part);
      }
    } finally {
      lock.unlock();
    }
    return part;
  }

  /// At the usual port, so that the page is where people look for it; at any other where that is
  /// taken.
  private Optune openService(String listen) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("OPTUNE_LISTEN", listen);
    settings.put("OPTUNE_STATE_DIR", directory.resolve("optune").toString());
    try {
      return opened(new Optune(OptuneConfig.from(settings)));
    } catch (IOException e) {
      if (listen.equals(ANY_PORT)) {
        throw e;
      }
      return openService(ANY_PORT);
    }
  }

  private Map<String, String> servoSettings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("KUBECONFIG", kubeconfig().toString());
    settings.put("POD_NAMESPACES", "*");
    settings.put("OPTUNE_URL", service.url() + "/metrics/{acct}/{app_id}/servo");
    settings.put("OPTUNE_ACCOUNT", "sandbox");
    settings.put("OPTUNE_APP_ID", System.getenv().getOrDefault("OPTUNE_APP_ID", ""));
    settings.put("STATE_DIR", directory.resolve("servo").toString());
    settings.put("METRICS_LISTEN", ANY_PORT);
    settings.put("ADMISSION", "none"); // its API server puts podmon in by itself
    return settings;
  }
}
