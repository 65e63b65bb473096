package io.multijob.bench.latency;

import io.multijob.bench.Workshop;
import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.latency.Timing.Delays;
import io.multijob.bench.machine.ProcessReading;
import io.multijob.bench.pod.BenchPod;
import io.multijob.bench.pod.Variant;
import io.multijob.bench.rush.Writes;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.service.RecordingService;
import io.multijob.e2e.service.Report;
import io.multijob.e2e.servo.Ports;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The built servo between the API server and a service that notes when reports come.
///
/// Used by one thread.
final class Stand implements AutoCloseable {
  private static final Duration ALL_REPORTS = Duration.ofSeconds(60);
  private static final int APPS = 20;

  private final ApiAddress server;
  private final ApiAddress stats;
  private final String namespace;
  private final RecordingService service;
  private final ServoProcess servo;
  private int rushes;

  private Stand(
      ApiAddress server,
      ApiAddress stats,
      String namespace,
      RecordingService service,
      ServoProcess servo) {
    this.server = server;
    this.stats = stats;
    this.namespace = namespace;
    this.service = service;
    this.servo = servo;
  }

  /// Starts service and servo, and waits until the servo watches the namespace.
  ///
  /// @param settings of the servo beside what each has
  static Stand start(
      TestCluster cluster, String namespace, Map<String, String> settings, Workshop workshop)
      throws Exception {
    RecordingService service = RecordingService.start();
    int port = Ports.free();
    Path directory = Files.createTempDirectory(workshop.directory(), "servo-");
    Map<String, String> all = new HashMap<>(settings);
    all.put("KUBECONFIG", cluster.kubeconfig().toString());
    all.put("POD_NAMESPACES", namespace);
    all.put("OPTUNE_URL", service.url());
    all.put("OPTUNE_ACCOUNT", "bench");
    all.put("SELF_IP", "127.0.0.1");
    all.put("STATS_LISTEN", "127.0.0.1:" + port);
    ServoProcess servo = ServoProcess.start(directory, all);
    servo.awaitReady();
    ApiAddress server = ApiAddress.of(cluster.kubeconfig());
    return new Stand(server, ApiAddress.ofLoopback(port), namespace, service, servo);
  }

  /// Lets pods begin and end, and takes the time of their reports. What the servo writes on them
  /// counts as its work.
  Timing time(Variant variant, int rate, int seconds) throws Exception {
    rushes++;
    List<BenchPod> pods = new ArrayList<>();
    for (int i = 0; i < rate * seconds; i++) {
      pods.add(new BenchPod("run-%d-%d".formatted(rushes, i), "export-" + i % APPS, variant));
    }
    Rush rush = new Rush(server, namespace, pods);
    rush.create();
    try (BareWatch watch = BareWatch.start(server, namespace);
        Posts posts = new Posts(stats)) {
      Duration before = ProcessReading.of(servo.pid()).cpu();
      int reported = service.reports().size();
      rush.run(rate, posts);
      Wait.until(
          pods.size() + " reports",
          ALL_REPORTS,
          () -> service.reports().size() >= reported + pods.size());
      Wait.until(
          "the marks to be written",
          ALL_REPORTS,
          () -> servo.metric("servo_marks_waiting", "") == 0);
      Duration cpu = ProcessReading.of(servo.pid()).cpu().minus(before);
      Wait.until(
          "the watch to have told of them", ALL_REPORTS, () -> watch.ended().size() >= pods.size());
      Map<String, Long> from = variant == Variant.POSTED ? posts.sent() : rush.ended();
      Timing timing =
          new Timing(
              delays(from, reports()),
              delays(rush.ended(), watch.ended()),
              (double) cpu.toMillis() / pods.size());
      clear();
      return timing;
    }
  }

  @Override
  public void close() {
    servo.close();
    service.close();
  }

  /// When each pod's report came, by the pod's uid.
  private Map<String, Long> reports() {
    Map<String, Long> times = new HashMap<>();
    for (Report report : service.reports()) {
      times.putIfAbsent(report.uid(), report.received().nanos());
    }
    return times;
  }

  private void clear() throws Exception {
    try (Writes writes = Writes.open(server, namespace)) {
      writes.deleteAll();
    }
    Wait.until(
        "the servo to have forgotten the pods",
        ALL_REPORTS,
        () -> servo.metric("servo_pods_tracked", "") == 0);
  }

  private static Delays delays(Map<String, Long> from, Map<String, Long> to) {
    List<Long> delays = new ArrayList<>();
    from.forEach((uid, begin) -> {
      Long end = to.get(uid);
      if (end == null) {
        throw new IllegalStateException("nothing came of pod " + uid);
      }
      delays.add(end - begin);
    });
    return Delays.of(delays);
  }
}
