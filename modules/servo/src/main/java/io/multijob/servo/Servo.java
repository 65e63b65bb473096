package io.multijob.servo;

import io.multijob.http.HttpListener;
import io.multijob.servo.observe.Check;
import io.multijob.servo.observe.ObserveEndpoint;
import io.multijob.servo.observe.ServoMetrics;
import io.multijob.servo.observe.WatchHealth;
import io.multijob.servo.report.GlobalEvents;
import io.multijob.servo.report.OptuneClient;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxDispatcher;
import io.multijob.servo.report.OutboxKeeper;
import io.multijob.servo.stats.RunHandover;
import io.multijob.servo.stats.RunTracker;
import io.multijob.servo.stats.StatsEndpoint;
import io.multijob.servo.stats.StatsTiming;
import io.multijob.servo.watch.PodSource;
import io.multijob.servo.watch.PodWatches;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchTiming;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The daemon: watches pods, measures each run, reports it once.
///
/// [#start()] makes the parts in the order in which they depend on each other; [#close()] ends them
/// in reverse: first nothing more is seen, then what was seen is stored, then what is stored is
/// delivered as far as the time allows, then the service is told goodbye. What is left is on disk.
///
/// Thread-safe. A servo starts once; after [#close()], make a new one.
public final class Servo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Servo.class);

  private static final String AGENT = "servo-k8s-multijob";

  private final ServoConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Closer closer = new Closer();
  private final LateHandler observe = new LateHandler();
  private final LateHandler posts = new LateHandler();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private volatile String goodbyeReason = "exit";
  private volatile List<InetSocketAddress> metricsAddresses = List.of();
  private volatile List<InetSocketAddress> statsAddresses = List.of();

  public Servo(ServoConfig config) {
    this.config = config;
  }

  /// Our version, as HELLO and the `User-Agent` tell it.
  static String version() {
    return Objects.requireNonNullElse(
        Servo.class.getPackage().getImplementationVersion(), "development");
  }

  /// Starts to watch and to report.
  ///
  /// @throws ConfigurationException with all that a setting asks for and that cannot be had here:
  ///   an address that is taken, a directory that cannot be written to, a cluster that is nowhere
  /// @throws IllegalStateException if it is closed already
  public void start() throws ConfigurationException {
    try {
      startParts(new Resources.Taker(config, closer, clock).take(observe, posts));
    } catch (ConfigurationException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Where `/metrics`, `/healthz` and `/readyz` are; none before the start, or when not asked for.
  public List<InetSocketAddress> metricsAddresses() {
    return metricsAddresses;
  }

  /// Where podmon's posts are taken; none before the start, or when not asked for.
  public List<InetSocketAddress> statsAddresses() {
    return statsAddresses;
  }

  /// Waits until the servo is closed.
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  /// As [#close()], and tells the service why.
  ///
  /// @param reason such as `signal 15`
  public void close(String reason) {
    goodbyeReason = reason;
    close();
  }

  /// Ends all parts, each within a bound. Idempotent.
  @Override
  public void close() {
    try {
      closer.close();
    } finally {
      stopped.countDown();
    }
  }

  private void startParts(Resources resources) {
    metricsAddresses = Resources.addresses(resources.metrics());
    statsAddresses = Resources.addresses(resources.stats());
    Outbox outbox = resources.outbox();
    Set<Scope> scopes = scopes(resources);
    ServoMetrics metrics = new ServoMetrics(version(), clock);
    WatchHealth health = new WatchHealth(scopes);

    ServoConfig.ServiceSettings service = config.service();
    OptuneClient client =
        closer.add(
            new OptuneClient(service.url(), service.token(), AGENT + "/" + version(), clock));
    GlobalEvents events =
        new GlobalEvents(
            client,
            metrics.deliveries(),
            new GlobalEvents.Agent(service.account(), AGENT, version()));
    closer.add(() -> events.goodbye(goodbyeReason));
    OutboxDispatcher dispatcher =
        closer.add(
            new OutboxDispatcher(
                outbox, client, OutboxDispatcher.Timing.DEFAULT, metrics.deliveries(), clock));

    StatsTiming timing = statsTiming();
    RunHandover handover =
        closer.add(
            new RunHandover(new Reports(outbox, dispatcher), metrics.runs(), timing.retry()));
    RunTracker tracker =
        closer.add(new RunTracker(scopes, handover, resources.posted(), timing, clock));
    OutboxKeeper keeper =
        closer.add(new OutboxKeeper(outbox, Outbox.Retention.DEFAULT, tracker::tracks));
    closer.add(posts);
    posts.become(new StatsEndpoint(tracker));
    PodWatches watches =
        closer.add(
            new PodWatches(
                scopes,
                new PodSource(resources.api(), config.pods().appId(), WatchTiming.DEFAULT),
                tracker,
                new WatchListeners(
                    List.of(metrics.watches(), health, new Announcer(events, scopes, clock)))));
    show(metrics, outbox, tracker);
    observe.become(
        new ObserveEndpoint(metrics, liveness(outbox, dispatcher), readiness(outbox, health)));

    events.start();
    dispatcher.start();
    keeper.start();
    tracker.start();
    resources.stats().forEach(HttpListener::start);
    watches.start();
    LOG.atInfo()
        .addKeyValue("version", version())
        .addKeyValue("server", resources.api().server())
        .addKeyValue("namespaces", scopes)
        .log("Servo started");
  }

  /// Those that were asked for, or our own namespace.
  private Set<Scope> scopes(Resources resources) {
    Set<Scope> asked = config.pods().scopes();
    return asked.isEmpty() ? Set.of(new Scope(resources.api().namespace())) : asked;
  }

  private StatsTiming statsTiming() {
    return StatsTiming.of(
        config.statsDeadline(),
        config.listeners().stats().isEmpty()
            ? StatsTiming.Posts.NOT_EXPECTED
            : StatsTiming.Posts.EXPECTED);
  }

  private static void show(ServoMetrics metrics, Outbox outbox, RunTracker tracker) {
    metrics.gauge(
        "servo_pods_tracked", "Pods of ours that are known: live or just over.", tracker::tracked);
    metrics.gauge(
        "servo_outbox_pending", "Reports that the service does not have yet.", outbox::pending);
    metrics.gauge(
        "servo_outbox_oldest_age_seconds",
        "How long the oldest of the pending reports has waited.",
        () -> orUnknown(() -> outbox.oldestAge().toMillis() / 1e3));
    metrics.gauge(
        "servo_outbox_set_aside",
        "Reports that the service has refused, kept for a person.",
        () -> orUnknown(outbox::setAside));
  }

  private static double orUnknown(Figure figure) {
    try {
      return figure.read();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("Outbox cannot be read");
      return Double.NaN;
    }
  }

  private static List<Check> liveness(Outbox outbox, OutboxDispatcher dispatcher) {
    return List.of(
        Check.of("outbox", outbox::alive, "it takes no reports any more"),
        Check.of("dispatcher", dispatcher::alive, "it does not run"));
  }

  private static List<Check> readiness(Outbox outbox, WatchHealth health) {
    return List.of(new Check("watch", health::problem), new Check("outbox", outbox::problem));
  }

  @FunctionalInterface
  private interface Figure {
    double read() throws IOException;
  }
}
