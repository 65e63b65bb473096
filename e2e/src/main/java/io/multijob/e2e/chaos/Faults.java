package io.multijob.e2e.chaos;

import io.multijob.e2e.chaos.ChaosOptions.Trouble;
import io.multijob.e2e.chaos.fault.ApiServerKilled;
import io.multijob.e2e.chaos.fault.Fault;
import io.multijob.e2e.chaos.fault.FaultLoop;
import io.multijob.e2e.chaos.fault.Hearing;
import io.multijob.e2e.chaos.fault.ServiceTroubled;
import io.multijob.e2e.chaos.fault.ServoKilled;
import io.multijob.e2e.chaos.fault.TrialServo;
import io.multijob.e2e.chaos.fault.WatchCut;
import io.multijob.e2e.chaos.ledger.CourseRecord;
import io.multijob.e2e.chaos.service.TrialService;
import io.multijob.e2e.chaos.wire.Relay;
import io.multijob.e2e.cluster.Machines;
import io.multijob.e2e.cluster.TestCluster;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/// All that goes wrong in a trial, each by a loop of its own.
///
/// Used by one thread.
final class Faults implements AutoCloseable {
  private static final String SERVO = "servo";
  private static final Duration BETWEEN_API = Duration.ofSeconds(20);
  private static final Duration BETWEEN_CUTS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_TROUBLES = Duration.ofSeconds(5);

  /// What a kill takes until the next servo is ready, more or less.
  private static final Duration KILL = Duration.ofSeconds(3);

  private static final Duration SHORTEST_LIFE = Duration.ofMillis(500);

  private final TrialServo servo;
  private final Map<String, FaultLoop> loops;

  private Faults(TrialServo servo, Map<String, FaultLoop> loops) {
    this.servo = servo;
    this.loops = loops;
  }

  /// What can be broken beside the servo.
  record Parts(CourseRecord course, TrialService service, Relay relay, InstantSource clock) {}

  /// Begins to break what `options` allow and what can be broken here.
  static Faults start(
      ChaosOptions options, TrialServo servo, Parts parts, SplittableRandom random) {
    Hearing hearing = new Hearing(servo, parts.course(), parts.clock());
    Optional<Machines> machines = Machines.ofEnvironment();
    Map<String, FaultLoop> loops = new LinkedHashMap<>();
    for (Trouble trouble : Trouble.values()) {
      SplittableRandom own = random.split();
      if (!options.faults().contains(trouble)) {
        continue;
      }
      switch (trouble) {
        case SERVO ->
            loops.put(
                SERVO, loop(SERVO, new ServoKilled(servo, options.state()), life(options), own));
        case API ->
            machines.ifPresent(each ->
                loops.put(
                    "API server",
                    loop("api", new ApiServerKilled(each, hearing), BETWEEN_API, own)));
        case WATCH ->
            loops.put(
                "watch", loop("watch", new WatchCut(parts.relay(), hearing), BETWEEN_CUTS, own));
        case SERVICE ->
            loops.put(
                "service",
                loop(
                    "service",
                    new ServiceTroubled(parts.service(), parts.course(), parts.clock()),
                    BETWEEN_TROUBLES,
                    own));
        case ABSENCE -> {} // from the first pod to the last: see Absence
      }
    }
    return new Faults(servo, loops);
  }

  private static FaultLoop loop(String name, Fault fault, Duration pause, SplittableRandom random) {
    return FaultLoop.start(name, fault, pause, random);
  }

  /// How long a servo lives after it was ready, so that there are as many kills as are asked for.
  private static Duration life(ChaosOptions options) {
    Duration each = options.size().duration().dividedBy(Math.max(1, options.size().kills()));
    Duration life = each.minus(KILL);
    return life.compareTo(SHORTEST_LIFE) < 0 ? SHORTEST_LIFE : life;
  }

  /// Whether the API server can be reached by another port of the loopback interface.
  static boolean canCutWatch(TestCluster cluster) {
    String host = cluster.client().getMasterUrl().getHost();
    return host.equals("127.0.0.1") || host.equals("localhost");
  }

  /// Lets nothing more go wrong, and waits until all is whole.
  void stop() throws InterruptedException {
    for (FaultLoop loop : loops.values()) {
      loop.stop();
    }
  }

  /// What ended a fault before its time.
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    loops.values().forEach(loop -> loop.problem().ifPresent(problems::add));
    return problems;
  }

  /// How often each has struck.
  Map<String, Integer> strikes() {
    Map<String, Integer> strikes = new LinkedHashMap<>();
    loops.forEach(
        (name, loop) -> strikes.put(name, name.equals(SERVO) ? servo.kills() : loop.strikes()));
    return strikes;
  }

  /// The same in words.
  String text() {
    return strikes().entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() {
    loops.values().forEach(FaultLoop::close);
  }
}
