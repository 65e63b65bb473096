package io.multijob.bench.memory;

import io.multijob.bench.Bench;
import io.multijob.bench.Workshop;
import io.multijob.bench.child.ChildJvm;
import io.multijob.bench.figure.Beside;
import io.multijob.bench.figure.Figure;
import io.multijob.bench.figure.Goal;
import io.multijob.bench.figure.Spread;
import io.multijob.bench.machine.ProcessReading;
import io.multijob.e2e.service.RecordingService;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sandbox's API server holds the pods in a process of its own; the servo runs as it is
/// shipped.
public final class MemoryBench implements Bench {
  private static final int PODS = Integer.getInteger("bench.pods", 150_000);

  /// An hour of ten pods a second, told as fast as the API server and the servo go.
  private static final int PODS_OF_AN_HOUR = 36_000;

  private static final int PARTS_OF_AN_HOUR = 24;

  /// The heap fills to its bound in the first.
  private static final int HOURS = 4;

  private static final Duration LISTING = Duration.ofMinutes(5);
  private static final Duration IDLE = Duration.ofSeconds(10);
  private static final double IDLE_GOAL_MB = 100;
  private static final double FULL_GOAL_MB = 256;
  private static final double RELIST_GOAL_SECONDS = 30;

  /// What lies within the noise of a heap that is collected from time to time.
  private static final double GROWTH_GOAL_MB = 5;

  private static final double ORIGINAL_MB = 92;
  private static final double MEGABYTE = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws Exception {
    List<Figure> figures = new ArrayList<>();
    Path kubeconfig = workshop.directory().resolve("memory.kubeconfig");
    try (RecordingService service = RecordingService.start();
        ChildJvm server =
            ChildJvm.start(
                ApiServerChild.class,
                "0-1",
                List.of("-XX:+UseSerialGC", "-Xmx8g"),
                Integer.toString(PODS),
                kubeconfig.toString())) {
      var _ = server.hear(ApiServerChild.Done.class);
      workshop.tell("memory: the API server has %,d pods".formatted(PODS));
      Map<String, String> settings =
          Map.of(
              "KUBECONFIG", kubeconfig.toString(),
              "OPTUNE_URL", service.url(),
              "OPTUNE_ACCOUNT", "bench");
      double informer = informer(kubeconfig, workshop);
      figures.add(idle(settings, workshop));
      figures.addAll(full(settings, server, informer, workshop));
    }
    return figures;
  }

  /// What an informer keeps resident that holds the same pods.
  private static double informer(Path kubeconfig, Workshop workshop) throws IOException {
    List<String> flags = new ArrayList<>(ChildJvm.shippedFlags());
    flags.add("-Xmx10g");
    try (ChildJvm child =
        ChildJvm.start(
            InformerChild.class, "0-1", flags, kubeconfig.toString(), Integer.toString(PODS))) {
      var _ = child.hear(InformerChild.Holds.class);
      double resident = ProcessReading.of(child.pid()).resident() / MEGABYTE;
      workshop.tell("memory: fabric8's informer holds them in %,.0f MB".formatted(resident));
      return resident;
    }
  }

  private static Figure idle(Map<String, String> settings, Workshop workshop) throws Exception {
    try (ServoProcess servo = start(settings, "default", workshop)) {
      Wait.until("the servo to watch", LISTING, servo::isReady);
      Thread.sleep(IDLE);
      double resident = resident(servo);
      workshop.tell("memory: servo idle, %.1f MB".formatted(resident));
      return Figure.of(
          "memory.idle",
          "MB",
          "resident, watching no pod",
          Spread.of(resident),
          new Goal.AtMost(IDLE_GOAL_MB),
          Beside.recorded("the original, with its kubectl", ORIGINAL_MB));
    }
  }

  private static List<Figure> full(
      Map<String, String> settings, ChildJvm server, double informer, Workshop workshop)
      throws Exception {
    long begin = System.nanoTime();
    try (ServoProcess servo = start(settings, ApiServerChild.NAMESPACE, workshop)) {
      Wait.until("the servo to list all pods", LISTING, servo::isReady);
      double listed = seconds(begin);
      workshop.tell(
          "memory: started and listed in %.1f s, %.1f MB".formatted(listed, resident(servo)));
      List<Spread> hours = new ArrayList<>();
      for (int i = 1; i <= HOURS; i++) {
        hours.add(Spread.of(hour(servo, server, i)));
        workshop.tell(
            "memory: %.1f MB in hour %d of changes".formatted(hours.getLast().median(), i));
      }
      double growth = hours.getLast().median() - hours.get(HOURS - 2).median();
      ProcessReading.forgetPeak(servo.pid());
      double relisted = relist(servo, server);
      double peak = ProcessReading.of(servo.pid()).peak() / MEGABYTE;
      workshop.tell("memory: relisted in %.1f s, %.1f MB at most".formatted(relisted, peak));
      return List.of(
          Figure.of(
              "memory.full",
              "MB",
              "resident with %,d live pods, in hour %d of changes".formatted(PODS, HOURS),
              hours.getLast(),
              new Goal.AtMost(FULL_GOAL_MB),
              Beside.measured("fabric8 informer", informer)),
          Figure.of(
              "memory.growth",
              "MB",
              "more in that hour than in the one before",
              Spread.of(growth),
              new Goal.AtMost(GROWTH_GOAL_MB)),
          Figure.of(
              "memory.relist",
              "s",
              "from a 410 until %,d pods are listed again".formatted(PODS),
              Spread.of(relisted),
              new Goal.AtMost(RELIST_GOAL_SECONDS),
              Beside.measured("the first list, with the start", listed)),
          Figure.of(
              "memory.peak",
              "MB",
              "resident at most while they are listed again",
              Spread.of(peak),
              new Goal.AtMost(FULL_GOAL_MB)));
    }
  }

  /// Lets an hour of pods begin and end.
  ///
  /// @param number which hour of this servo it is, from 1 on
  /// @return what was resident from time to time
  private static List<Double> hour(ServoProcess servo, ChildJvm server, int number)
      throws Exception {
    List<Double> resident = new ArrayList<>();
    for (int part = 0; part < PARTS_OF_AN_HOUR; part++) {
      server.tell("turn " + PODS_OF_AN_HOUR / PARTS_OF_AN_HOUR);
      var _ = server.hear(ApiServerChild.Done.class);
      resident.add(resident(servo));
    }
    Wait.until(
        "all runs of the hour to be reported",
        LISTING,
        () -> servo.metric("servo_runs_reported_total", "") >= number * PODS_OF_AN_HOUR);
    resident.add(resident(servo));
    return resident;
  }

  /// Lets the API server forget where the servo's watch stands.
  ///
  /// @return how many seconds later all is listed again
  private static double relist(ServoProcess servo, ChildJvm server) throws Exception {
    double lists = servo.metric("servo_watch_lists_total", "");
    server.tell("expire");
    var _ = server.hear(ApiServerChild.Done.class);
    long begin = System.nanoTime();
    Wait.until(
        "the servo to list all pods again",
        LISTING,
        () -> servo.metric("servo_watch_lists_total", "") > lists);
    return seconds(begin);
  }

  private static ServoProcess start(
      Map<String, String> settings, String namespace, Workshop workshop) throws IOException {
    Map<String, String> all = new HashMap<>(settings);
    all.put("POD_NAMESPACES", namespace);
    return ServoProcess.start(Files.createTempDirectory(workshop.directory(), "memory-"), all);
  }

  private static double resident(ServoProcess servo) throws IOException {
    return ProcessReading.of(servo.pid()).resident() / MEGABYTE;
  }

  private static double seconds(long begin) {
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }
}
