package io.multijob.servo;

import io.multijob.http.HttpListener;
import io.multijob.servo.conversation.UnfitAdjustments;
import io.multijob.servo.lead.Leadership;
import io.multijob.servo.lead.Replica;
import io.multijob.servo.observe.Check;
import io.multijob.servo.observe.ObserveEndpoint;
import io.multijob.servo.observe.ServoMetrics;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;

/// The daemon: watches pods, measures each run, reports it once.
///
/// [#start()] takes what it needs of its surroundings, and acts ([Acting]): at once, or, where
/// there are replicas, as long as it holds their Lease. [#close()] ends all that in reverse.
///
/// Thread-safe. A servo starts once; after [#close()], make a new one.
public final class Servo implements AutoCloseable {
  private final ServoConfig config;
  private final InstantSource clock = InstantSource.system();
  private final Closer closer = new Closer();
  private final LateHandler observe = new LateHandler();
  private final LateHandler posts = new LateHandler();
  private final LateHandler reviews = new LateHandler();
  private final CountDownLatch stopped = new CountDownLatch(1);

  private final AtomicReference<Optional<Acting>> acting = new AtomicReference<>(Optional.empty());

  private volatile String goodbyeReason = "exit";
  private volatile List<InetSocketAddress> metricsAddresses = List.of();
  private volatile List<InetSocketAddress> statsAddresses = List.of();
  private volatile List<InetSocketAddress> reviewAddresses = List.of();

  public Servo(ServoConfig config) {
    this.config = config;
  }

  /// Our version, as HELLO and the `User-Agent` tell it.
  public static String version() {
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
      startParts(new Resources.Taker(config, closer, clock).take(observe, posts, reviews));
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

  /// Where the API server's reviews are taken; none before the start, or when not asked for.
  public List<InetSocketAddress> reviewAddresses() {
    return reviewAddresses;
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
    reviewAddresses = Resources.addresses(resources.reviews());
    ServoMetrics metrics = new ServoMetrics(version(), clock);
    Gauges gauges = new Gauges(metrics, acting::get);
    gauges.show(resources.outbox(), resources.room());
    gauges.showActing();
    resources.stats().forEach(HttpListener::start); // 503 while another acts
    List<AdmissionParts> admission = admission(resources, metrics);
    resources.reviews().forEach(HttpListener::start); // 503 until the cluster is known
    Replica replica = replica(resources, admission, metrics);
    closer.add(() -> replica.retire(Replica.Ending.STOPPED));
    if (config.lease().isEmpty()) {
      replica.lead();
      observe.become(
          new ObserveEndpoint(
              metrics, liveness(resources), readiness(resources, admission, List.of())));
      admission.forEach(AdmissionParts::start);
      return;
    }
    String identity = identity();
    Leadership leadership =
        closer.add(
            new Leadership(resources.api(), config.lease().getFirst(), identity, replica, clock));
    observe.become(
        new ObserveEndpoint(
            metrics,
            liveness(resources),
            readiness(
                resources,
                admission,
                List.of(
                    new Check("lease", leadership::problem),
                    Check.note("leader", () -> leader(leadership, identity))))));
    leadership.start();
    admission.forEach(AdmissionParts::start);
  }

  /// What changes pods, if anything is to.
  private List<AdmissionParts> admission(Resources resources, ServoMetrics metrics) {
    if (config.admission().mode() == AdmissionMode.NONE) {
      return List.of();
    }
    UnfitAdjustments.Deliveries leading =
        new UnfitAdjustments.Deliveries(
            () -> acting.get().isPresent(), () -> acting.get().ifPresent(Acting::wakeDispatcher));
    return List.of(
        closer.add(
            new AdmissionParts(
                config,
                resources,
                metrics,
                reviews,
                leading,
                opened -> acting.get().ifPresent(parts -> parts.opened(opened)),
                clock)));
  }

  /// Unique among the replicas, and a name that a person can find one by.
  private String identity() {
    String host = config.environment().getOrDefault("HOSTNAME", "servo");
    return host + "_" + UUID.randomUUID().toString().substring(0, 8);
  }

  private static String leader(Leadership leadership, String identity) {
    String leader = leadership.leader();
    return leader.equals(identity) ? "this one" : leader.isEmpty() ? "none" : leader;
  }

  private Replica replica(
      Resources resources, List<AdmissionParts> admission, ServoMetrics metrics) {
    return new Replica() {
      @Override
      public void lead() {
        Acting parts = new Acting(config, resources, admission, metrics, posts, clock);
        acting.set(Optional.of(parts));
        admission.stream()
            .map(AdmissionParts::opened)
            .flatMap(Optional::stream)
            .forEach(parts::opened); // what opens later is told
      }

      @Override
      public void retire(Ending ending) {
        Optional<Acting> parts = acting.getAndSet(Optional.empty());
        switch (ending) {
          case STOPPED -> parts.ifPresent(each -> each.close(goodbyeReason));
          case LOST -> parts.ifPresent(Acting::abandon);
        }
      }
    };
  }

  private List<Check> liveness(Resources resources) {
    return List.of(
        Check.of("outbox", resources.outbox()::alive, "it takes no reports any more"),
        Check.of("dispatcher", () -> all(Acting::isAlive), "it does not run"));
  }

  private List<Check> readiness(
      Resources resources, List<AdmissionParts> admission, List<Check> replicas) {
    List<Check> checks = new ArrayList<>(replicas);
    checks.add(new Check("watch", () -> acting.get().flatMap(parts -> parts.health().problem())));
    checks.add(
        new Check(
            "outbox", resources.outbox()::problem, () -> resources.room().warning().orElse("ok")));
    checks.add(Check.note("marks", () -> note(Acting::marks)));
    checks.add(Check.note("held", () -> note(Acting::held)));
    admission.forEach(parts -> {
      checks.add(new Check("admission", () -> admissionProblem(parts), parts::note));
      checks.add(Check.note("withheld", parts.restraints()::note));
    });
    return checks;
  }

  private Optional<String> admissionProblem(AdmissionParts parts) {
    return parts.problem().or(() -> acting.get().flatMap(Acting::admissionProblem));
  }

  private boolean all(Predicate<Acting> condition) {
    return acting.get().map(condition::test).orElse(true);
  }

  private String note(Function<Acting, String> note) {
    return acting.get().map(note).orElse("not leading");
  }
}
