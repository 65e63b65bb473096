package io.multijob.bench.memory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.api.ApiConnection;
import io.multijob.bench.child.ChildJvm;
import io.multijob.bench.pod.BenchPod;
import io.multijob.bench.pod.Variant;
import io.multijob.sandbox.api.ApiServer;
import io.multijob.sandbox.api.ApiServerConfig;
import io.multijob.sandbox.api.Fault;
import io.multijob.sandbox.api.Requests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// The sandbox's API server in a process of its own, which fills itself with running pods, and then
/// does what it is told:
///
///     turn N    lets N more pods begin, and as many of the oldest end and go
///     expire    restarts, and tells who watched that its place in history is forgotten
///
/// and says [Done] after each.
final class ApiServerChild {
  static final String NAMESPACE = "batch";

  private static final String PODS = "/api/v1/namespaces/" + NAMESPACE + "/pods";
  private static final String JSON = "application/json";
  private static final String MERGE = "application/merge-patch+json";
  private static final int THREADS = 4;
  private static final int APPS = 3_000;

  private final ApiServer server;
  private final ApiAddress address;
  private int oldest;
  private int next;

  private ApiServerChild(ApiServer server) {
    this.server = server;
    this.address = ApiAddress.ofLoopback(URI.create(server.url().toString()).getPort());
  }

  /// What was told is done.
  record Done(String what) {}

  @FunctionalInterface
  private interface Step {
    void take(ApiConnection connection, int pod) throws IOException;
  }

  public static void main(String[] arguments) throws Exception {
    int pods = Integer.parseInt(arguments[0]);
    try (ApiServer server =
        new ApiServer(ApiServerConfig.of((one, two, three) -> Optional.empty()))) {
      server.start();
      Files.writeString(Path.of(arguments[1]), server.kubeconfig(), UTF_8);
      ApiServerChild child = new ApiServerChild(server);
      child.fill(pods);
      ChildJvm.say(new Done("fill"));
      for (Optional<String> word = ChildJvm.awaitWord();
          word.isPresent();
          word = ChildJvm.awaitWord()) {
        child.obey(word.get());
        ChildJvm.say(new Done(word.get()));
      }
    }
    System.exit(0);
  }

  private void fill(int pods) throws Exception {
    try (ApiConnection connection = ApiConnection.open(address)) {
      connection
          .send(
              "POST",
              "/api/v1/namespaces",
              JSON,
              "{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"%s\"}}"
                  .formatted(NAMESPACE))
          .orFail("a namespace");
    }
    work(pods, (connection, i) -> begin(connection, i));
    next = pods;
  }

  private void obey(String word) throws Exception {
    if (word.equals("expire")) {
      server.faults().inject(Fault.once(Requests.watches("pods"), new Fault.Expiry()));
      server.stop();
      server.start();
      return;
    }
    int pods = Integer.parseInt(word.substring(word.indexOf(' ') + 1));
    work(
        pods,
        (connection, i) -> {
          begin(connection, next + i);
          end(connection, oldest + i);
        });
    oldest += pods;
    next += pods;
  }

  private static void begin(ApiConnection connection, int number) throws IOException {
    BenchPod pod = pod(number);
    connection.send("POST", PODS, JSON, pod.manifest()).orFail("a pod");
    connection
        .send("PATCH", PODS + "/" + pod.name() + "/status", MERGE, pod.running(Instant.now()))
        .orFail("a status");
  }

  private static void end(ApiConnection connection, int number) throws IOException {
    BenchPod pod = pod(number);
    String path = PODS + "/" + pod.name();
    String ended = pod.ended(Instant.now(), "00000000-0000-0000-0000-000000000000");
    connection.send("PATCH", path + "/status", MERGE, ended).orFail("a status");
    connection.send("DELETE", path + "?gracePeriodSeconds=0", "", "").orFail("a deletion");
  }

  private static BenchPod pod(int number) {
    return new BenchPod("run-" + number, "export-" + number % APPS, Variant.MESSAGE);
  }

  private void work(int pods, Step step) throws Exception {
    AtomicInteger count = new AtomicInteger();
    Callable<Integer> worker =
        () -> {
          try (ApiConnection connection = ApiConnection.open(address)) {
            int done = 0;
            for (int i = count.getAndIncrement(); i < pods; i = count.getAndIncrement()) {
              step.take(connection, i);
              done++;
            }
            return done;
          }
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      List<Future<Integer>> workers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        workers.add(threads.submit(worker));
      }
      for (Future<Integer> each : workers) {
        each.get();
      }
    }
  }
}
