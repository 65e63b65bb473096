package io.multijob.servo;

import io.multijob.servo.mark.HoldKeeper;
import io.multijob.servo.mark.PodMarker;
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
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All that watches, measures and reports, in the one replica that does.
///
/// Made and started in the order in which the parts depend on each other; [#close()] ends them in
/// reverse: first nothing more is seen, then what was seen is stored, then what is stored is
/// delivered as far as the time allows, then the service is told goodbye. What is left is on disk.
///
/// Thread-safe.
final class Acting implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Acting.class);

  private static final String AGENT = "servo-k8s-multijob";

  private final Closer closer = new Closer();
  private final WatchHealth health;
  private final OutboxDispatcher dispatcher;
  private final PodMarker marker;
  private final HoldKeeper holds;
  private final RunTracker tracker;

  private volatile String goodbyeReason = "exit";

  /// @param posts is made to answer podmon's posts
  Acting(
      ServoConfig config,
      Resources resources,
      ServoMetrics metrics,
      LateHandler posts,
      InstantSource clock) {
    Outbox outbox = resources.outbox();
    Set<Scope> scopes = scopes(config, resources);
    health = new WatchHealth(scopes);
    ServoConfig.ServiceSettings service = config.service();
    OptuneClient client =
        closer.add(
            new OptuneClient(service.url(), service.token(), AGENT + "/" + Servo.version(), clock));
    GlobalEvents events =
        new GlobalEvents(
            client,
            metrics.deliveries(),
            new GlobalEvents.Agent(service.account(), AGENT, Servo.version()));
    closer.add(() -> events.goodbye(goodbyeReason));
    marker =
        closer.add(
            new PodMarker(resources.api(), config.marks().marking(), metrics.marks(), clock));
    dispatcher =
        closer.add(
            new OutboxDispatcher(
                outbox,
                client,
                OutboxDispatcher.Timing.DEFAULT,
                new Acknowledgements(metrics.deliveries(), marker),
                clock));
    holds = closer.add(new HoldKeeper(config.marks().holds(), marker, outbox::knows, clock));

    StatsTiming timing = statsTiming(config);
    RunHandover handover =
        closer.add(
            new RunHandover(
                new Reports(outbox, dispatcher, marker), metrics.runs(), timing.retry()));
    tracker =
        closer.add(new RunTracker(scopes, handover, resources.posted(), holds, timing, clock));
    OutboxKeeper keeper =
        closer.add(
            new OutboxKeeper(
                outbox,
                resources.room(),
                Outbox.Retention.DEFAULT,
                tracker::tracks,
                dispatcher::wake));
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

    events.start();
    marker.start();
    holds.start();
    dispatcher.start();
    keeper.start();
    tracker.start();
    watches.start();
    LOG.atInfo()
        .addKeyValue("version", Servo.version())
        .addKeyValue("server", resources.api().server())
        .addKeyValue("namespaces", scopes)
        .log("Servo started");
  }

  /// False when only a restart helps.
  boolean isAlive() {
    return dispatcher.alive();
  }

  /// How marking fares, for a person.
  String marks() {
    return marker.problem().orElse("ok");
  }

  /// How many pods are held and how long, for a person.
  String held() {
    Duration longest = holds.longest();
    String since =
        longest.isZero() ? "" : ", one for %d s after its end".formatted(longest.toSeconds());
    return tracker.held() + since;
  }

  WatchHealth health() {
    return health;
  }

  PodMarker marker() {
    return marker;
  }

  HoldKeeper holds() {
    return holds;
  }

  RunTracker tracker() {
    return tracker;
  }

  /// As [#close()], and tells the service why.
  void close(String reason) {
    goodbyeReason = reason;
    close();
  }

  /// As [#close()], and leaves what is not delivered or marked yet to the next one.
  void abandon() {
    dispatcher.abandon();
    marker.abandon();
    dispatcher.close(); // before what feeds them: another acts already, or soon
    marker.close();
    close("lease lost");
  }

  @Override
  public void close() {
    closer.close();
  }

  /// Those that were asked for, or our own namespace.
  private static Set<Scope> scopes(ServoConfig config, Resources resources) {
    Set<Scope> asked = config.pods().scopes();
    return asked.isEmpty() ? Set.of(new Scope(resources.api().namespace())) : asked;
  }

  private static StatsTiming statsTiming(ServoConfig config) {
    return StatsTiming.of(
        config.statsDeadline(),
        config.listeners().stats().isEmpty()
            ? StatsTiming.Posts.NOT_EXPECTED
            : StatsTiming.Posts.EXPECTED);
  }
}
