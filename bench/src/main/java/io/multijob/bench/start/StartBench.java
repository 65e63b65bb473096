package io.multijob.bench.start;

import io.multijob.bench.Bench;
import io.multijob.bench.Workshop;
import io.multijob.bench.child.ChildJvm;
import io.multijob.bench.figure.Beside;
import io.multijob.bench.figure.Figure;
import io.multijob.bench.figure.Goal;
import io.multijob.bench.figure.Spread;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.service.RecordingService;
import io.multijob.e2e.servo.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// On the cluster of `KUBECONFIG`, over TLS and with its client certificate: the servo by its own
/// command and by `./servo`, beside a JVM that does nothing and one that lists pods by the client
/// library.
public final class StartBench implements Bench {
  private static final int STARTS_A_ROUND = 4;
  private static final double GOAL_SECONDS = 0.7;
  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public String name() {
    return "start";
  }

  /// The seconds that each of several starts took.
  private record Starts(
      List<Double> servo, List<Double> script, List<Double> hello, List<Double> list) {
    static Starts none() {
      return new Starts(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    }
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws Exception {
    Starts starts = Starts.none();
    try (TestCluster cluster = TestCluster.ofEnvironment();
        TestNamespace namespace = cluster.createNamespace("bench");
        RecordingService service = RecordingService.start()) {
      Map<String, String> settings =
          Map.of(
              "KUBECONFIG", cluster.kubeconfig().toString(),
              "POD_NAMESPACES", namespace.name(),
              "OPTUNE_URL", service.url(),
              "OPTUNE_ACCOUNT", "bench");
      Path command = Distribution.command();
      Path script = workshop.project().resolve("servo");
      for (int i = 0; i < workshop.rounds() * STARTS_A_ROUND; i++) {
        starts.servo().add(watching(command, settings, workshop));
        starts.script().add(watching(script, settings, workshop));
        starts.hello().add(child(HelloChild.class, HelloChild.Hello.class));
        starts
            .list()
            .add(
                child(
                    ListChild.class,
                    ListChild.Listed.class,
                    cluster.kubeconfig().toString(),
                    namespace.name()));
        workshop.tell(
            "start: servo %.2f s, ./servo %.2f s, a JVM that does nothing %.2f s, one list by fabric8 %.2f s"
                .formatted(
                    starts.servo().getLast(),
                    starts.script().getLast(),
                    starts.hello().getLast(),
                    starts.list().getLast()));
      }
    }
    return figures(starts);
  }

  private static List<Figure> figures(Starts starts) {
    Beside hello = Beside.measured("a JVM that says hello", Spread.of(starts.hello()).median());
    Beside list = Beside.measured("fabric8's client, one list", Spread.of(starts.list()).median());
    return List.of(
        Figure.of(
            "start.script",
            "s",
            "from ./servo run to watching",
            Spread.of(starts.script()),
            new Goal.AtMost(GOAL_SECONDS),
            list,
            hello),
        Figure.plain(
            "start.servo",
            "s",
            "from bin/servo run to watching",
            Spread.of(starts.servo()),
            list,
            hello));
  }

  private static double watching(Path command, Map<String, String> settings, Workshop workshop)
      throws Exception {
    Path directory = Files.createTempDirectory(workshop.directory(), "start-");
    long begin = System.nanoTime();
    try (Launch launch = Launch.start(command, directory, settings)) {
      launch.awaitReady();
      return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }
  }

  private static double child(Class<?> main, Class<?> answer, String... arguments)
      throws IOException {
    long begin = System.nanoTime();
    try (ChildJvm child = ChildJvm.start(main, "0-1", ChildJvm.shippedFlags(), arguments)) {
      var _ = child.hear(answer);
      return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }
  }
}
