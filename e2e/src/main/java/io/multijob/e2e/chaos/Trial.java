package io.multijob.e2e.chaos;

import io.multijob.e2e.chaos.ChaosOptions.Holding;
import io.multijob.e2e.chaos.ChaosOptions.Size;
import io.multijob.e2e.chaos.ChaosOptions.Trouble;
import io.multijob.e2e.chaos.fault.TrialServo;
import io.multijob.e2e.chaos.ledger.Course;
import io.multijob.e2e.chaos.ledger.CourseRecord;
import io.multijob.e2e.chaos.ledger.Ledger;
import io.multijob.e2e.chaos.ledger.Rules;
import io.multijob.e2e.chaos.ledger.Tally;
import io.multijob.e2e.chaos.pod.PodPlan;
import io.multijob.e2e.chaos.pod.PodStream;
import io.multijob.e2e.chaos.service.TrialService;
import io.multijob.e2e.chaos.show.Backlog;
import io.multijob.e2e.chaos.show.Outcome;
import io.multijob.e2e.chaos.show.Outcome.Proceedings;
import io.multijob.e2e.chaos.show.Screen;
import io.multijob.e2e.chaos.wire.Relay;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.servo.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/// One trial: pods under faults, then peace until everything has come that must, then the
/// judgement.
///
/// Used by one thread.
final class Trial implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(5);

  /// A little longer than a pod of the trial lives, its deletion included.
  private static final Duration LIFE = Duration.ofSeconds(25);

  private static final int AT_ONCE_BRIEF = 500;

  /// More pods a second than any API server takes.
  private static final double UNBOUNDED = 10_000;

  private static final Duration SETTLED_LOOK = Duration.ofMillis(500);

  /// Longer than any pause that the servo makes after failures.
  private static final Duration NOTHING_MORE = Duration.ofSeconds(100);

  /// In the trial a servo waits for figures that never come as long as it takes to be killed now
  /// and then meanwhile.
  private static final String STATS_DEADLINE = "5s";

  private final ChaosOptions options;
  private final Screen screen;
  private final SteadyClock clock = new SteadyClock();
  private final SplittableRandom random;
  private final Ledger ledger = new Ledger();
  private final CourseRecord course = new CourseRecord();
  private final Rules rules;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final TestCluster cluster;
  private final TestNamespace namespace;
  private final TrialService service;
  private final Relay relay;
  private final int statsPort;
  private final TrialServo servo;

  private Trial(ChaosOptions options, Path directory, Screen screen) throws Exception {
    this.options = options;
    this.screen = screen;
    this.random = new SplittableRandom(options.seed());
    this.rules = Rules.with(options.margin(), options.state());
    this.cluster = opened(TestCluster.ofEnvironment());
    this.namespace = opened(cluster.createNamespace("chaos"));
    this.service = opened(TrialService.start(ledger, clock));
    URI server = URI.create(cluster.client().getMasterUrl().toString());
    this.relay = opened(Relay.to(new InetSocketAddress(server.getHost(), server.getPort())));
    this.statsPort = Ports.free();
    Path own = directory.resolve("servo-" + namespace.name());
    this.servo =
        opened(TrialServo.start(Files.createDirectories(own), settings(own), course, clock));
  }

  /// Makes what the trial needs, and starts the first servo.
  static Trial open(ChaosOptions options, Path directory, Screen screen) throws Exception {
    return new Trial(options, directory, screen);
  }

  Outcome run() throws Exception {
    introduce();
    servo.awaitReady();
    return options.faults().contains(Trouble.ABSENCE) ? withoutService() : underFaults();
  }

  private Outcome underFaults() throws Exception {
    Instant begin = clock.instant();
    PodStream pods = pods(new PodStream.Kind(options.rate(), atOnce(), PodPlan::draw));
    Faults faults = opened(Faults.start(options, servo, faultsParts(), random.split()));
    while (!isEnough(begin, pods) && faults.problems().isEmpty()) {
      Thread.sleep(LOOK);
      show(begin, faults.text());
    }
    Duration making = Duration.between(begin, clock.instant());
    screen.say("no more faults and no more pods; waiting for what is still to come");
    faults.stop();
    pods.finish();
    settle(begin, faults.text());
    Proceedings proceedings = proceedings(faults.strikes(), begin, making);
    return outcome(proceedings, List.of(), problems(pods, faults.problems()));
  }

  private Outcome withoutService() throws Exception {
    Absence absence = new Absence(servo, service, ledger, clock, screen);
    Instant begin = clock.instant();
    absence.begin();
    PodStream pods = pods(new PodStream.Kind(UNBOUNDED, AT_ONCE_BRIEF, PodPlan::brief));
    absence.endure(options.size().pods(), pods);
    Duration making = Duration.between(begin, clock.instant());
    Backlog backlog = absence.end();
    settle(begin, "");
    Proceedings proceedings = proceedings(Map.of("service away", 1), begin, making);
    return outcome(proceedings, List.of(backlog), problems(pods, List.of()));
  }

  /// As many pods as there are at that rate; fewer come where the API server is slower.
  private int atOnce() {
    return (int) Math.round(options.rate() * LIFE.toSeconds());
  }

  private PodStream pods(PodStream.Kind kind) throws IOException, InterruptedException {
    PodStream.Place place = new PodStream.Place(cluster, namespace.name(), statsPort);
    return opened(PodStream.start(place, kind, random.split(), ledger, clock));
  }

  private Proceedings proceedings(Map<String, Integer> strikes, Instant begin, Duration making) {
    Duration took = Duration.between(begin, clock.instant());
    return new Proceedings(options.seed(), strikes, making, took);
  }

  private List<String> problems(PodStream pods, List<String> faults) throws InterruptedException {
    List<String> problems = new ArrayList<>(faults);
    problems.addAll(pods.problems());
    problems.addAll(servo.problems());
    problems.addAll(stuck());
    int exit = servo.terminate();
    if (exit != 0) {
      problems.add("the servo's exit code was " + exit);
    }
    return problems;
  }

  private Outcome outcome(Proceedings proceedings, List<Backlog> backlogs, List<String> problems) {
    Course befallen = course.course();
    return new Outcome(
        ledger.verdict(befallen, rules), befallen, rules, proceedings, backlogs, problems);
  }

  private Faults.Parts faultsParts() {
    return new Faults.Parts(course, service, relay, clock);
  }

  private void introduce() {
    Size size = options.size();
    boolean away = options.faults().contains(Trouble.ABSENCE);
    screen.sayBold(away ? absence(size) : faults(size));
    screen.say("  seed %d; namespace %s".formatted(options.seed(), namespace.name()));
    screen.say("  the servo's log: " + servo.log());
  }

  private static String absence(Size size) {
    return "chaos: %,d runs while the service is away".formatted(size.pods());
  }

  private String faults(Size size) {
    return "chaos: %.0f pods/s for at least %d s, the servo killed at least %d times, its state %s%s"
        .formatted(
            options.rate(),
            size.duration().toSeconds(),
            size.kills(),
            options.state().name().toLowerCase(Locale.ROOT),
            options.holding() == Holding.ON ? ", its pods held" : "");
  }

  private boolean isEnough(Instant begin, PodStream pods) {
    Size size = options.size();
    return !clock.instant().isBefore(begin.plus(size.duration()))
        && pods.begun() >= size.pods()
        && servo.kills() >= size.kills();
  }

  private void show(Instant begin, String faults) {
    screen.progress(
        Duration.between(begin, clock.instant()),
        ledger.tally(),
        new Screen.Parts(
            servo.condition().name().toLowerCase(Locale.ROOT) + " (" + servo.number() + ")",
            faults));
  }

  /// Waits until every run has come that must and the servo has no report left, or until nothing
  /// has come for long.
  private void settle(Instant begin, String faults) throws InterruptedException {
    Tally tally = ledger.tally();
    Instant since = clock.instant();
    Instant shown = since;
    while (!isSettled() && clock.instant().isBefore(since.plus(NOTHING_MORE))) {
      Thread.sleep(SETTLED_LOOK);
      Tally now = ledger.tally();
      if (now.reported() + now.again() != tally.reported() + tally.again()) {
        tally = now;
        since = clock.instant();
      }
      if (clock.instant().isAfter(shown.plus(LOOK))) {
        shown = clock.instant();
        show(begin, faults);
      }
    }
    show(begin, faults);
  }

  private boolean isSettled() throws InterruptedException {
    OptionalDouble pending = servo.pending();
    return pending.isPresent()
        && pending.getAsDouble() == 0
        && ledger.missing(course.course(), rules).isEmpty();
  }

  /// Pods that are deleted and that the servo keeps nevertheless.
  private List<String> stuck() {
    return namespace.pods().stream()
        .filter(pod -> pod.getMetadata().getDeletionTimestamp() != null)
        .filter(pod -> !pod.getMetadata().getFinalizers().isEmpty())
        .map(pod ->
            "pod %s is deleted and still held by %s"
                .formatted(pod.getMetadata().getName(), pod.getMetadata().getFinalizers()))
        .toList();
  }

  private Map<String, String> settings(Path directory) throws IOException {
    Map<String, String> settings = new HashMap<>();
    settings.put("KUBECONFIG", kubeconfig(directory).toString());
    settings.put("POD_NAMESPACES", namespace.name());
    settings.put("OPTUNE_URL", service.url());
    settings.put("OPTUNE_ACCOUNT", "chaos");
    settings.put("SELF_IP", "127.0.0.1");
    settings.put("STATS_LISTEN", "127.0.0.1:" + statsPort);
    settings.put("STATS_DEADLINE", STATS_DEADLINE);
    if (options.holding() == Holding.ON) {
      settings.put("HOLD_PODS", "true");
    }
    return settings;
  }

  /// The administrator's, by way of the relay. An API server's certificate that is not good for the
  /// loopback interface is one of a cluster whose watch cannot be cut.
  private Path kubeconfig(Path directory) throws IOException {
    if (!Faults.canCutWatch(cluster)) {
      return cluster.kubeconfig();
    }
    String server = cluster.client().getMasterUrl().toString().replaceFirst("/+$", "");
    String direct = Files.readString(cluster.kubeconfig());
    return Files.writeString(
        Files.createDirectories(directory).resolve("kubeconfig"),
        direct.replace(server, "https://127.0.0.1:" + relay.port()));
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /// Ends everything, the last first, whatever fails meanwhile.
  ///
  /// @throws IOException if something could not be ended
  @Override
  public void close() throws IOException {
    IOException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        failure = new IOException("the trial was not cleaned up: " + e, e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
