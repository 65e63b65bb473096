package io.multijob.servo;

import io.multijob.http.Handler;
import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.observe.Health;
import io.multijob.servo.observe.ObserveEndpoint;
import io.multijob.servo.observe.ServoMetrics;
import io.multijob.servo.observe.StoreListener;
import io.multijob.servo.report.GlobalEvents;
import io.multijob.servo.report.OptuneClient;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxDispatcher;
import io.multijob.servo.report.OutboxKeeper;
import io.multijob.servo.stats.PostedStats;
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
import java.util.ArrayList;
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
/// delivered as far as the time allows. What is left is on disk.
///
/// Thread-safe. A servo starts once; after [#close()], make a new one.
public final class Servo implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Servo.class);

  private static final String AGENT = "servo-k8s-multijob";

  private final ServoConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Closer closer = new Closer();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean started;
  private volatile String goodbyeReason = "exit";

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
  /// @throws ConfigurationException if a setting cannot be used here: an address that is taken, a
  ///   directory that cannot be written to, a cluster that is nowhere
  public void start() throws ConfigurationException {
    try {
      startParts();
      started = true;
    } catch (ConfigurationException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /// True from a start that went well to the close.
  boolean running() {
    return started && stopped.getCount() > 0;
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

  /// Ends all parts; what was seen and not yet delivered is on disk. Idempotent.
  @Override
  public void close() {
    try {
      closer.close();
    } finally {
      stopped.countDown();
    }
  }

  private void startParts() throws ConfigurationException {
    KubernetesApi api = closer.add(openApi());
    Set<Scope> scopes = scopes(api);
    Health health = new Health(scopes);
    ServoMetrics metrics = new ServoMetrics();
    Handler observe = new ObserveEndpoint(metrics, health);
    for (InetSocketAddress address : config.listeners().metrics()) {
      listen(Setting.METRICS_LISTEN, address, Limits.DEFAULT.withMaxBodyBytes(0), observe).start();
    }

    ServoConfig.ServiceSettings settings = config.service();
    OptuneClient service =
        closer.add(
            new OptuneClient(settings.url(), settings.token(), AGENT + "/" + version(), clock));
    GlobalEvents events =
        new GlobalEvents(
            service, metrics, new GlobalEvents.Agent(settings.account(), AGENT, version()));
    closer.add(() -> events.goodbye(goodbyeReason));
    Outbox outbox = closer.add(openOutbox());
    OutboxDispatcher dispatcher =
        closer.add(
            new OutboxDispatcher(outbox, service, OutboxDispatcher.Timing.DEFAULT, metrics, clock));
    metrics.gauge("servo_outbox_pending", "Reports that wait for the service.", outbox::pending);

    StoreListener runs = new StoreListener(metrics, health);
    StatsTiming timing = statsTiming();
    RunHandover handover =
        closer.add(new RunHandover(new Reports(outbox, dispatcher), runs, timing.retry()));
    RunTracker tracker = closer.add(new RunTracker(scopes, handover, openPosted(), timing, clock));
    OutboxKeeper keeper =
        closer.add(new OutboxKeeper(outbox, Outbox.Retention.DEFAULT, tracker::tracks));
    metrics.gauge("servo_pods_tracked", "Pods of ours that are known.", tracker::tracked);
    List<HttpListener> statsListeners = new ArrayList<>();
    for (InetSocketAddress address : config.listeners().stats()) {
      Limits limits = Limits.DEFAULT.withMaxBodyBytes(StatsEndpoint.MAX_BODY_BYTES);
      statsListeners.add(listen(Setting.STATS_LISTEN, address, limits, new StatsEndpoint(tracker)));
    }
    PodWatches watches =
        closer.add(
            new PodWatches(
                scopes,
                new PodSource(api, config.pods().appId(), WatchTiming.DEFAULT),
                tracker,
                new WatchListeners(
                    List.of(metrics, health, new Announcer(events, scopes, clock)))));

    events.start();
    dispatcher.start();
    keeper.start();
    tracker.start();
    statsListeners.forEach(HttpListener::start);
    watches.start();
    LOG.atInfo()
        .addKeyValue("version", version())
        .addKeyValue("server", api.server())
        .addKeyValue("namespaces", scopes)
        .log("Servo started");
  }

  private KubernetesApi openApi() throws ConfigurationException {
    try {
      return KubernetesApi.open(ClusterAccess.find(config.environment()));
    } catch (IOException e) {
      throw problem(Setting.KUBECONFIG, e);
    }
  }

  /// Those that were asked for, or our own namespace.
  private Set<Scope> scopes(KubernetesApi api) {
    Set<Scope> asked = config.pods().scopes();
    return asked.isEmpty() ? Set.of(new Scope(api.namespace())) : asked;
  }

  private Outbox openOutbox() throws ConfigurationException {
    try {
      return Outbox.open(config.stateDirectory(), clock);
    } catch (IOException e) {
      throw problem(Setting.STATE_DIR, e);
    }
  }

  private PostedStats openPosted() throws ConfigurationException {
    try {
      return PostedStats.open(config.stateDirectory().resolve("posted"), clock);
    } catch (IOException e) {
      throw problem(Setting.STATE_DIR, e);
    }
  }

  private StatsTiming statsTiming() {
    return StatsTiming.of(
        config.statsDeadline(),
        config.listeners().stats().isEmpty()
            ? StatsTiming.Posts.NOT_EXPECTED
            : StatsTiming.Posts.EXPECTED);
  }

  private HttpListener listen(
      Setting setting, InetSocketAddress address, Limits limits, Handler handler)
      throws ConfigurationException {
    try {
      return closer.add(HttpListener.bind(address, limits, handler));
    } catch (IOException e) {
      throw new ConfigurationException(
          List.of(
              "%s: cannot listen on %s:%d: %s"
                  .formatted(setting, address.getHostString(), address.getPort(), e.getMessage())),
          e);
    }
  }

  private static ConfigurationException problem(Setting setting, IOException e) {
    return new ConfigurationException(List.of(setting + ": " + e.getMessage()), e);
  }
}
