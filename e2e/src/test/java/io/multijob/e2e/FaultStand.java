package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.cluster.Machines;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.service.RecordingService;
import io.multijob.e2e.service.Report;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import io.multijob.protocol.Annotation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// What one test of a fault stands on: a namespace, a service, a wire to the API server that can be
/// cut, and one servo, which must outlive the fault.
final class FaultStand implements AutoCloseable {
  /// How long a report may take while nothing is wrong any more.
  static final Duration REPORT_TIME = Duration.ofSeconds(30);

  private static final Duration NOTICE_TIME = Duration.ofSeconds(90);

  private final TestCluster cluster;
  private final TestNamespace namespace;
  private final RecordingService service;
  private final ApiProxy proxy;
  private final Path directory;
  private final List<PodChurn> churns = new ArrayList<>();
  private @Nullable ServoProcess servo;

  private FaultStand(
      TestCluster cluster,
      TestNamespace namespace,
      RecordingService service,
      ApiProxy proxy,
      Path directory) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.service = service;
    this.proxy = proxy;
    this.directory = directory;
  }

  /// @param prefix of the namespace's name
  static FaultStand open(String prefix) throws Exception {
    TestCluster cluster = TestCluster.ofEnvironment();
    TestNamespace namespace = cluster.createNamespace(prefix);
    ApiProxy proxy = ApiProxy.start(URI.create(cluster.client().getMasterUrl().toString()));
    return new FaultStand(
        cluster,
        namespace,
        RecordingService.start(),
        proxy,
        Files.createTempDirectory("servo-" + prefix));
  }

  /// The cluster's components; where they are not ours, the test is skipped.
  static Machines machines() {
    Optional<Machines> machines = Machines.ofEnvironment();
    if (machines.isEmpty()) {
      String why = "skipped: the components of this cluster are not ours to restart";
      System.out.println(why);
      Assumptions.abort(why);
    }
    return machines.orElseThrow();
  }

  TestCluster cluster() {
    return cluster;
  }

  TestNamespace namespace() {
    return namespace;
  }

  RecordingService service() {
    return service;
  }

  ApiProxy proxy() {
    return proxy;
  }

  Path directory() {
    return directory;
  }

  FakeNode node() {
    return new FakeNode(cluster.client(), namespace.name());
  }

  ServoProcess servo() {
    if (servo == null) {
      throw new IllegalStateException("no servo was started");
    }
    return servo;
  }

  /// A kubeconfig of the administrator's by way of the proxy.
  Path adminsKubeconfig() throws IOException {
    String direct = Files.readString(cluster.kubeconfig());
    String server = cluster.client().getMasterUrl().toString().replaceFirst("/+$", "");
    return Files.writeString(
        directory.resolve("admin.kubeconfig"), direct.replace(server, proxy.url()));
  }

  /// A kubeconfig by way of the proxy for a user that is told by `user`, such as `token: abc`.
  Path writeKubeconfig(String user) throws IOException {
    Path written =
        Files.writeString(
            directory.resolve("kubeconfig.new"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: "%s", certificate-authority: "%s"}}]
            users: [{name: u, user: {%s}}]
            contexts: [{name: c, context: {cluster: c, user: u, namespace: "%s"}}]
            current-context: c
            """
                .formatted(proxy.url(), authority(), user, namespace.name()));
    return Files.move(
        written,
        directory.resolve("kubeconfig"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /// The certificate of who vouches for the API server, as a file.
  Path authority() throws IOException {
    byte[] certificate =
        Base64.getDecoder().decode(cluster.client().getConfiguration().getCaCertData());
    return Files.write(directory.resolve("ca.crt"), certificate);
  }

  /// Starts the servo on the namespace, and waits until it is ready.
  ServoProcess startServo(Path kubeconfig) throws Exception {
    return startServo(kubeconfig, namespace.name()).awaitReady();
  }

  /// Starts the servo on `namespaces`.
  ServoProcess startServo(Path kubeconfig, String namespaces) throws Exception {
    return startServo(
        List.of(), Map.of("KUBECONFIG", kubeconfig.toString(), "POD_NAMESPACES", namespaces));
  }

  /// Starts the servo by way of `command`.
  ServoProcess startServo(List<String> command, Map<String, String> settings) throws Exception {
    Map<String, String> all = new HashMap<>();
    all.put("OPTUNE_URL", service.url());
    all.put("OPTUNE_ACCOUNT", "e2e");
    all.putAll(settings);
    ServoProcess started = ServoProcess.startBy(command, directory, all);
    servo = started;
    return started;
  }

  /// Lets pods of the namespace come and end, until told otherwise.
  PodChurn startChurn() {
    PodChurn churn = PodChurn.start(node(), "churn");
    churns.add(churn);
    return churn;
  }

  /// Waits until the servo says in its health, its log and its metrics what is wrong.
  ///
  /// @param saying what its words contain
  /// @param reason the metric's label
  void awaitComplaint(String saying, String reason) throws Exception {
    Wait.until(
        "/readyz to say '%s'".formatted(saying),
        NOTICE_TIME,
        () -> {
          ServoProcess.Page ready = servo().get("/readyz");
          return ready.status() == 503 && ready.body().contains(saying);
        });
    // Each of the three is told in its turn.
    Wait.until(
        "the log to say '%s'".formatted(saying),
        NOTICE_TIME,
        () ->
            servo().log().contains("Pod watch was interrupted") && servo().log().contains(saying));
    Wait.until("a restart to be counted as " + reason, NOTICE_TIME, () -> restarts(reason) > 0);
  }

  double restarts(String reason) throws Exception {
    return servo().metric("servo_watch_restarts_total", "reason=\"" + reason + "\"");
  }

  double begun() throws Exception {
    return servo().metric("servo_watch_begun_total", "");
  }

  double lists() throws Exception {
    return servo().metric("servo_watch_lists_total", "");
  }

  /// Waits until the servo, the same process as ever, has begun a watch after `before` of them.
  ///
  /// @return how long that took
  Duration awaitWatchAfter(double before, Duration atMost) throws Exception {
    long begin = System.nanoTime();
    Wait.until("the watch to stand again", atMost, () -> begun() > before && servo().isReady());
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  /// Says what was measured.
  static void tell(String what, Duration duration) {
    System.out.printf("measured: %s: %d ms%n", what, duration.toMillis());
  }

  /// Holds that the runs of exactly these pods were reported, each once.
  void holdThatEachWasReportedOnce(Collection<String> uids) throws Exception {
    long begin = System.nanoTime();
    Wait.until(
        uids.size() + " reports and not " + service.reports().size(),
        REPORT_TIME,
        () -> service.reports().size() >= uids.size());
    Wait.until(
        "the outbox to be empty",
        REPORT_TIME,
        () -> servo().metric("servo_outbox_pending", "") == 0);
    tell(uids.size() + " runs reported at last after", Duration.ofNanos(System.nanoTime() - begin));
    assertThat(service.reports()).extracting(Report::uid).containsExactlyInAnyOrderElementsOf(uids);
  }

  /// The reason with which the pod's run was reported.
  String reasonOf(String uid) throws Exception {
    return service.awaitReportOf(uid, REPORT_TIME).annotation(Annotation.REASON);
  }

  @Override
  public void close() throws IOException {
    churns.forEach(PodChurn::close);
    if (servo != null) {
      servo.close();
    }
    service.close();
    namespace.close();
    proxy.close();
    cluster.close();
  }
}
