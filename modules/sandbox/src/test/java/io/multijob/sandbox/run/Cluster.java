package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.ApiServer;
import io.multijob.sandbox.api.ApiServerConfig;
import io.multijob.sandbox.api.PodMutator;
import io.multijob.sandbox.api.Release;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.YamlText;
import io.multijob.sandbox.run.backoff.Backoff;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.ListWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// An API server with a runner and a Job controller, and what a person sees of its objects.
final class Cluster implements AutoCloseable {
  static final String PODS = "/api/v1/namespaces/default/pods";
  static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Runner runner;
  private final ApiServer server;
  private final JobController jobController =
      new JobController(new Backoff(Duration.ofMillis(200), Duration.ofSeconds(1)));
  private final ApiClient client;

  private Cluster(RunnerConfig config, List<PodMutator> mutators, Release release)
      throws IOException {
    runner = new Runner(config);
    server = new ApiServer(ApiServerConfig.of(runner).withMutators(mutators).withRelease(release));
    server.start();
    client = new ApiClient(server.url());
    runner.start(server.url());
    jobController.start(server.url());
  }

  static Cluster start(RunnerConfig config, PodMutator... mutators) throws IOException {
    return new Cluster(config, List.of(mutators), Release.MODERN);
  }

  /// A cluster of that release.
  static Cluster start(RunnerConfig config, Release release) throws IOException {
    return new Cluster(config, List.of(), release);
  }

  Runner runner() {
    return runner;
  }

  ApiServer server() {
    return server;
  }

  /// Creates what a manifest in YAML says, with its name.
  ObjectNode create(String path, String yaml) throws IOException, InterruptedException {
    return done(client.create(path, YamlText.documents(yaml).getFirst()));
  }

  /// Creates a pod that is never restarted.
  void createPod(String name, String specYaml) throws IOException, InterruptedException {
    String spec = "  restartPolicy: Never\n" + specYaml.indent(2);
    create(PODS, "metadata: {name: %s}\nspec:\n%s".formatted(name, spec));
  }

  void createJob(String name, String specYaml) throws IOException, InterruptedException {
    create(JOBS, "metadata: {name: %s}\nspec:\n%s".formatted(name, specYaml.indent(2)));
  }

  ObjectNode get(String path) throws IOException, InterruptedException {
    return done(client.get(path));
  }

  void patch(String path, String json) throws IOException, InterruptedException {
    done(client.patch(path, YamlText.documents(json).getFirst()));
  }

  void deletePod(String name, int graceSeconds) throws IOException, InterruptedException {
    done(client.delete(PODS + "/" + name, Json.object().put("gracePeriodSeconds", graceSeconds)));
  }

  /// Waits until the pod is as it should be, and returns it.
  ObjectNode awaitPod(String name, Predicate<ObjectNode> condition) throws InterruptedException {
    return await(PODS, name, condition);
  }

  /// Waits until the pod's phase is a final one.
  ObjectNode awaitEnd(String pod) throws InterruptedException {
    return awaitPod(pod, Cluster::hasEnded);
  }

  ObjectNode awaitJob(String name, Predicate<ObjectNode> condition) throws InterruptedException {
    return await(JOBS, name, condition);
  }

  /// Waits until there is no such pod.
  void awaitGone(String pod) throws InterruptedException {
    try (Sight sight = new Sight(PODS)) {
      sight.until(objects -> !objects.containsKey(pod));
    }
  }

  static boolean hasEnded(ObjectNode pod) {
    return List.of("Succeeded", "Failed").contains(Json.text(pod, "status", "phase"));
  }

  String log(String pod, String container) throws IOException {
    return Files.readString(runner.logOf("default", pod, container).orElseThrow());
  }

  /// The process whose number is the first line that the container prints.
  ProcessHandle process(String pod, String container) throws IOException {
    Path log = runner.logOf("default", pod, container).orElseThrow();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (Files.readString(log).indexOf('\n') < 0) {
      assertThat(System.nanoTime()).as("nothing in " + log).isLessThan(end);
      Thread.onSpinWait();
    }
    return ProcessHandle.of(Long.parseLong(Files.readString(log).lines().findFirst().orElseThrow()))
        .orElseThrow();
  }

  @Override
  public void close() {
    jobController.close();
    runner.close();
    client.close();
    server.close();
  }

  private ObjectNode await(String path, String name, Predicate<ObjectNode> condition)
      throws InterruptedException {
    try (Sight sight = new Sight(path)) {
      Map<String, ObjectNode> objects =
          sight.until(each -> Optional.ofNullable(each.get(name)).filter(condition).isPresent());
      return Optional.ofNullable(objects.get(name)).orElseThrow();
    }
  }

  private static ObjectNode done(Answer answer) {
    return switch (answer) {
      case Answer.Done(ObjectNode object) -> object;
      case Answer.Refused refused -> throw new AssertionError(refused.toString());
    };
  }

  /// The objects of a collection, kept up to date.
  final class Sight implements ListWatch.Sink, AutoCloseable {
    private final Map<String, ObjectNode> objects = new HashMap<>(); // used by the sink's thread
    private final BlockingQueue<Map<String, ObjectNode>> seen = new LinkedBlockingQueue<>();
    private final ListWatch listWatch;

    Sight(String path) {
      listWatch = new ListWatch(client, path, this);
      listWatch.start();
    }

    /// Waits for a moment at which `condition` holds, and returns what was there then.
    Map<String, ObjectNode> until(Predicate<Map<String, ObjectNode>> condition)
        throws InterruptedException {
      Map<String, ObjectNode> last = Map.of();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        Map<String, ObjectNode> next = seen.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(next).as("in vain; last seen: %s", last).isNotNull();
        if (condition.test(next)) {
          return next;
        }
        last = next;
      }
    }

    @Override
    public void relisted(List<ObjectNode> all) {
      objects.clear();
      all.forEach(object -> objects.put(Json.text(object, "metadata", "name"), object));
      seen.add(Map.copyOf(objects));
    }

    @Override
    public void changed(ObjectNode object) {
      objects.put(Json.text(object, "metadata", "name"), object);
      seen.add(Map.copyOf(objects));
    }

    @Override
    public void gone(ObjectNode object) {
      objects.remove(Json.text(object, "metadata", "name"));
      seen.add(Map.copyOf(objects));
    }

    @Override
    public void close() {
      listWatch.close();
    }
  }
}
