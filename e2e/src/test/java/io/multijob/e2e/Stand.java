package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.cluster.PodWitness;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.service.RecordingService;
import io.multijob.e2e.service.Report;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import io.multijob.protocol.Annotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// What a class of tests stands on: a namespace of its own, or two, a recording service, and a
/// servo that watches the one and reports to the other.
///
/// In a static field it lasts as long as the class's tests, otherwise as long as one test.
final class Stand
    implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
  /// A pod's start on a busy node takes seconds, and podmon's figures come after its end.
  static final Duration REPORT_TIME = Duration.ofSeconds(90);

  /// How long the API server and the controllers may take for what they do at once.
  static final Duration CLUSTER_TIME = Duration.ofSeconds(60);

  private final String prefix;
  private final Watched watched;
  private final Map<String, String> settings;
  private final AtomicInteger barriers = new AtomicInteger();
  private Lifetime lifetime = Lifetime.OF_A_CLASS;
  private @Nullable Parts parts;

  private Stand(String prefix, Watched watched, Map<String, String> settings) {
    this.prefix = prefix;
    this.watched = watched;
    this.settings = Map.copyOf(settings);
  }

  static Stand watchingOneNamespace(String prefix) {
    return watchingOneNamespace(prefix, Map.of());
  }

  /// As [#watchingOneNamespace(String)], with further settings of the servo.
  static Stand watchingOneNamespace(String prefix, Map<String, String> settings) {
    return new Stand(prefix, Watched.ONE, settings);
  }

  /// With a [#second()] namespace that the servo watches as well.
  static Stand watchingTwoNamespaces(String prefix) {
    return new Stand(prefix, Watched.TWO, Map.of());
  }

  /// With a [#second()] namespace, and a servo that watches all there are: those of the tests
  /// beside it as well, whose pods it must not mark.
  static Stand watchingEveryNamespace(String prefix) {
    return new Stand(prefix, Watched.EVERY, Map.of("MARK_PODS", "false"));
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    open();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    if (parts == null) {
      lifetime = Lifetime.OF_A_TEST;
      open();
    }
  }

  @Override
  public void afterEach(ExtensionContext context) {
    if (lifetime == Lifetime.OF_A_TEST) {
      close();
    }
  }

  TestCluster cluster() {
    return parts().cluster;
  }

  /// The first of its namespaces.
  TestNamespace namespace() {
    return parts().namespaces.getFirst();
  }

  /// The second, where it has two.
  TestNamespace second() {
    return parts().namespaces.getLast();
  }

  /// Who looks on at the pods of the first namespace beside the servo.
  PodWitness witness() {
    return parts().witness;
  }

  RecordingService service() {
    return parts().service;
  }

  ServoProcess servo() {
    return parts().servo();
  }

  /// Starts a servo anew on the same state, after the last one was stopped or killed.
  ServoProcess startServo() throws Exception {
    return parts().start(settings());
  }

  /// As [#startServo()], with further settings.
  ServoProcess startServo(Map<String, String> more) throws Exception {
    Map<String, String> all = settings();
    all.putAll(more);
    return parts().start(all);
  }

  /// The settings of a servo that watches the namespaces and reports to the service, for a command.
  Map<String, String> commandSettings(Map<String, String> more) {
    Map<String, String> all = settings();
    all.put("KUBECONFIG", cluster().kubeconfig().toString());
    all.put("OPTUNE_URL", service().url());
    all.put("OPTUNE_ACCOUNT", "e2e");
    all.putAll(more);
    return all;
  }

  /// Starts another servo with the same settings and a state of its own, and leaves it to who
  /// asked.
  ServoProcess startAnotherServo() throws Exception {
    return parts().start(Files.createTempDirectory("servo-e2e"), settings());
  }

  /// `{namespace}` in the value of a setting is the first namespace.
  private Map<String, String> settings() {
    Map<String, String> all = new HashMap<>();
    all.put("POD_NAMESPACES", watched == Watched.EVERY ? "*" : parts().namespaceNames());
    settings.forEach(
        (setting, value) -> all.put(setting, value.replace("{namespace}", namespace().name())));
    return all;
  }

  /// Takes another servo for the one of [#servo()].
  void takeServo(ServoProcess other) {
    parts().servo = other;
  }

  /// Runs a command of the distribution to its end, as an administrator.
  Command run(String... arguments) throws Exception {
    return Command.run(cluster().kubeconfig(), arguments);
  }

  /// Takes from the servo, which must not run, all that it remembers.
  void emptyState() throws IOException {
    parts().emptyState();
  }

  /// Creates the pod in the namespace.
  ///
  /// @return its uid
  String create(OneTimePod pod) {
    return namespace().createPod(pod.yaml()).getMetadata().getUid();
  }

  /// Creates the Job in the namespace.
  void create(OneTimeJob job) {
    namespace().create(job.yaml());
  }

  /// Waits until the Job has made a pod.
  ///
  /// @return its uid
  String onlyPodOf(String job) throws Exception {
    return podsOf(job, 1).getFirst();
  }

  /// Waits until the Job has made that many pods, and holds that it made no more so far.
  ///
  /// @return their uids
  List<String> podsOf(String job, int count) throws Exception {
    Wait.until(
        count + " pods of Job " + job, REPORT_TIME, () -> witness().ownedBy(job).size() >= count);
    assertThat(witness().ownedBy(job)).hasSize(count);
    return witness().ownedBy(job).stream().map(pod -> pod.getMetadata().getUid()).toList();
  }

  /// Waits for the report of the pod's run, and holds that it is its only one so far.
  Report onlyReportOf(String uid) throws Exception {
    Report report = service().awaitReportOf(uid, REPORT_TIME);
    assertThat(service().reportsOf(uid)).hasSize(1);
    return report;
  }

  /// As [#onlyReportByTheKubelet(String, String)], of the container `main`.
  Report onlyReportByTheKubelet(String uid) throws Exception {
    return onlyReportByTheKubelet(uid, OneTimePod.MAIN);
  }

  /// Waits for the report of a run that has happened, and holds that its start, its end and what is
  /// between them are those that the kubelet tells of the container. By the runtime's clocks one
  /// that ends at once may have ended before it started: then it took no time.
  Report onlyReportByTheKubelet(String uid, String container) throws Exception {
    Report report = onlyReportOf(uid);
    var told = witness().awaitTermination(uid, container, CLUSTER_TIME);
    Instant started = Instant.parse(told.getStartedAt());
    Instant ended = Instant.parse(told.getFinishedAt());
    Instant finished = ended.isBefore(started) ? started : ended;
    assertThat(report.annotation(Annotation.TIMES)).isEqualTo("kubelet");
    assertThat(report.started()).isEqualTo(started);
    assertThat(report.finished()).isEqualTo(finished);
    assertThat(report.duration()).isEqualTo(Duration.between(started, finished));
    return report;
  }

  /// Waits until the servo and the witness have been told of all that happened until now in the
  /// first namespace, and the service has what there was to report of it.
  void awaitAllReported() throws Exception {
    String uid = create(OneTimePod.named("barrier-" + barriers.incrementAndGet()));
    onlyReportOf(uid);
    witness().awaitEnd(uid, CLUSTER_TIME);
    awaitEmptyOutbox();
  }

  /// Waits until the service has every report that the servo has made.
  void awaitEmptyOutbox() throws Exception {
    Wait.until(
        "the outbox to be empty",
        CLUSTER_TIME,
        () -> servo().metric("servo_outbox_pending", "") == 0);
  }

  /// Holds that each one-time pod with an app id that ever was in the first namespace was reported
  /// once, and nothing else. All of them must have ended.
  void holdThatEachWasReportedOnce() throws Exception {
    awaitAllReported();
    List<String> ours =
        witness().all().stream()
            .filter(OneTimePod::isOneTimeWithAppId)
            .map(pod -> pod.getMetadata().getUid())
            .toList();
    assertThat(service().reports())
        .extracting(Report::uid)
        .containsExactlyInAnyOrderElementsOf(ours);
  }

  private void open() throws Exception {
    TestCluster cluster = TestCluster.ofEnvironment();
    List<TestNamespace> namespaces = new ArrayList<>();
    namespaces.add(cluster.createNamespace(prefix));
    if (watched != Watched.ONE) {
      namespaces.add(cluster.createNamespace(prefix + "-second"));
    }
    RecordingService service = RecordingService.start();
    Path directory = Files.createTempDirectory("servo-e2e");
    parts = new Parts(cluster, namespaces, service, directory);
    startServo();
  }

  private void close() {
    if (parts != null) {
      parts.close();
    }
  }

  private Parts parts() {
    if (parts == null) {
      throw new IllegalStateException("used before the tests");
    }
    return parts;
  }

  private enum Lifetime {
    OF_A_CLASS,
    OF_A_TEST
  }

  /// Which namespaces the servo watches.
  private enum Watched {
    ONE,
    TWO,
    EVERY
  }

  private static final class Parts implements AutoCloseable {
    private final TestCluster cluster;
    private final List<TestNamespace> namespaces;
    private final PodWitness witness;
    private final RecordingService service;
    private final Path directory;
    private @Nullable ServoProcess servo;

    Parts(
        TestCluster cluster,
        List<TestNamespace> namespaces,
        RecordingService service,
        Path directory) {
      this.cluster = cluster;
      this.namespaces = List.copyOf(namespaces);
      this.witness = namespaces.getFirst().witness();
      this.service = service;
      this.directory = directory;
    }

    String namespaceNames() {
      return namespaces.stream().map(TestNamespace::name).collect(Collectors.joining(","));
    }

    ServoProcess start(Map<String, String> settings) throws Exception {
      ServoProcess started = start(directory, settings);
      servo = started;
      return started.awaitReady();
    }

    ServoProcess start(Path directory, Map<String, String> settings) throws Exception {
      Map<String, String> all = new HashMap<>();
      all.put("KUBECONFIG", cluster.kubeconfig().toString());
      all.put("OPTUNE_URL", service.url());
      all.put("OPTUNE_ACCOUNT", "e2e");
      all.putAll(settings);
      return ServoProcess.start(directory, all);
    }

    ServoProcess servo() {
      if (servo == null) {
        throw new IllegalStateException("no servo was started");
      }
      return servo;
    }

    void emptyState() throws IOException {
      try (Stream<Path> files = Files.walk(directory.resolve("state"))) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }

    @Override
    public void close() {
      if (servo != null) {
        servo.close();
      }
      service.close();
      witness.close();
      namespaces.forEach(TestNamespace::close);
      cluster.close();
    }
  }
}
