package io.multijob.servo;

import io.multijob.servo.conversation.AdjustmentIds;
import io.multijob.servo.injection.PodmonImage.Kind;
import io.multijob.servo.kubelet.KubeletSampler;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.mark.HoldKeeper;
import io.multijob.servo.mark.PodMarker;
import io.multijob.servo.observe.ServoMetrics;
import io.multijob.servo.observe.WatchHealth;
import io.multijob.servo.report.GlobalEvents;
import io.multijob.servo.report.OptuneClient;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxDispatcher;
import io.multijob.servo.report.OutboxKeeper;
import io.multijob.servo.report.Report;
import io.multijob.servo.stats.RunHandover;
import io.multijob.servo.stats.RunTracker;
import io.multijob.servo.stats.SampledStats;
import io.multijob.servo.stats.SampledStats.Monitors;
import io.multijob.servo.stats.StatsEndpoint;
import io.multijob.servo.stats.StatsTiming;
import io.multijob.servo.watch.PodSink;
import io.multijob.servo.watch.PodSource;
import io.multijob.servo.watch.PodWatches;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchTiming;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  static final String AGENT = "servo-k8s-multijob";

  private final Closer closer = new Closer();
  private final WatchHealth health;
  private final OutboxDispatcher dispatcher;
  private final PodMarker marker;
  private final HoldKeeper holds;
  private final RunTracker tracker;
  private final List<LeaderAdmission> admission;

  private volatile String goodbyeReason = "exit";

  /// @param admission what changes pods before they start; at most one
  /// @param posts is made to answer podmon's posts
  Acting(
      ServoConfig config,
      Resources resources,
      List<AdmissionParts> admission,
      ServoMetrics metrics,
      LateHandler posts,
      InstantSource clock) {
    Outbox outbox = resources.outbox();
    Set<Scope> scopes = scopes(config, resources);
    health = new WatchHealth(scopes);
    OptuneClient client = resources.service();
    GlobalEvents events =
        new GlobalEvents(
            client,
            metrics.deliveries(),
            new GlobalEvents.Agent(config.service().account(), AGENT, Servo.version()));
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
                new Acknowledgements(metrics.deliveries(), marker, this::acknowledged),
                clock));
    holds = closer.add(new HoldKeeper(config.marks().holds(), marker, outbox::knows, clock));

    StatsTiming timing = statsTiming(config);
    RunHandover handover =
        closer.add(
            new RunHandover(
                new Reports(outbox, dispatcher, marker), metrics.runs(), timing.retry()));
    tracker =
        closer.add(
            new RunTracker(
                scopes,
                handover,
                resources.posted(),
                samples(config, resources, metrics, clock),
                holds,
                timing,
                clock));
    OutboxKeeper keeper =
        closer.add(
            new OutboxKeeper(
                outbox,
                resources.room(),
                Outbox.Retention.DEFAULT,
                id -> tracker.tracks(AdjustmentIds.podOf(id)),
                dispatcher::wake));
    this.admission =
        admission.stream()
            .map(parts ->
                closer.add(
                    new LeaderAdmission(
                        config, resources, parts, metrics, dispatcher::wake, clock)))
            .toList();
    closer.add(posts);
    posts.become(new StatsEndpoint(tracker));
    PodWatches watches =
        closer.add(
            new PodWatches(
                scopes,
                new PodSource(resources.api(), config.pods().appId(), WatchTiming.DEFAULT),
                sink(),
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

  /// Pods are changed before they start from now on.
  void opened(AdmissionParts.Opened opened) {
    admission.forEach(each -> each.opened(opened));
  }

  /// There is more to be delivered.
  void wakeDispatcher() {
    dispatcher.wake();
  }

  /// What keeps pods from starting, if anything does.
  Optional<String> admissionProblem() {
    return admission.stream().map(LeaderAdmission::problem).flatMap(Optional::stream).findFirst();
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

  /// Only an image that sleeps tells nothing by itself.
  private SampledStats samples(
      ServoConfig config, Resources resources, ServoMetrics metrics, InstantSource clock) {
    boolean sleepers =
        config.admission().image().stream().anyMatch(image -> image.kind() == Kind.SLEEPER);
    if (!sleepers || resources.kubelets().isEmpty()) {
      return SampledStats.off();
    }
    KubernetesApi kubelets = resources.kubelets().getFirst();
    return new SampledStats(
        closer.add(new KubeletSampler(resources.api(), kubelets, metrics.kubelets(), clock)),
        Monitors.NEVER_TELL);
  }

  private PodSink sink() {
    if (admission.isEmpty()) {
      return tracker;
    }
    List<PodSink> sinks = new ArrayList<>(List.of(tracker));
    admission.forEach(each -> sinks.addAll(each.sinks()));
    return new PodSinks(sinks);
  }

  private void acknowledged(Report report) {
    admission.forEach(each -> each.acknowledged(report));
  }

  /// Those that were asked for, or our own namespace.
  static Set<Scope> scopes(ServoConfig config, Resources resources) {
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
