package io.multijob.podmon;

import static io.multijob.cgroup.Hierarchy.CPU;
import static io.multijob.cgroup.Hierarchy.CPUACCT;
import static io.multijob.cgroup.Hierarchy.MEMORY;
import static io.multijob.cgroup.Hierarchy.UNIFIED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.multijob.cgroup.Hierarchy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The built podmon as a process, beside real workloads in real cgroups.
@Timeout(60)
final class PodmonIT {
  private static final Hierarchy[] HYBRID = {CPU, CPUACCT, MEMORY, UNIFIED};
  private static final Hierarchy[] V1_ALONE = {CPU, CPUACCT, MEMORY};
  private static final long MEBIBYTE = 1L << 20;
  private static final String ENDED = "\"finished_ns\"";

  @TempDir private Path directory;
  private final List<RealPod> pods = new ArrayList<>();

  @AfterEach
  void removePods() throws InterruptedException {
    for (RealPod pod : pods) {
      pod.remove();
    }
  }

  @Test
  void measuresHowLongAPodSlept() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of());

    Truth truth = pod.makeContainer("job").run("sleep 2.345");

    String message = pod.message(ENDED);
    assertThat(millis(message)).isCloseTo(truth.ranMillis(), within(5.0));
    assertThat(millis(message)).isCloseTo(2_345, within(15.0));
    assertThat(RealPod.terminate(podmon)).isZero();
  }

  @Test
  void measuresTheCpuTimeOfTwoProcessesAtOnce() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of());

    Truth truth = pod.makeContainer("job").run(burn(600_000) + " & " + burn(600_000) + " & wait");

    double cpu = number(pod.message(ENDED), "cpu_time") / 1e6;
    assertThat(truth.cpuMillis()).isGreaterThan(500);
    assertThat(cpu).isCloseTo(truth.cpuMillis(), within(0.01 * cpu + 2));
    assertThat(RealPod.terminate(podmon)).isZero();
  }

  @Test
  void measuresAPodOfATenthOfASecond() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of());

    Truth truth = pod.makeContainer("job").run("sleep 0.08; " + burn(3_000));

    String message = pod.message(ENDED);
    assertThat(number(message, "cpu_time") / 1e6)
        .isCloseTo(truth.cpuMillis(), within(2.0 + 1.0)); // and bash tells whole milliseconds
    assertThat(millis(message)).isCloseTo(truth.ranMillis(), within(5.0));
    assertThat(RealPod.terminate(podmon)).isZero();
  }

  @Test
  void seesAShortPeakWithoutPodmonsOwn() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of());

    pod.makeContainer("job").run("dd if=/dev/zero of=/dev/null bs=64M count=4 status=none");

    String message = pod.message(ENDED);
    assertThat((double) number(message, "max_usage"))
        .isCloseTo(64.0 * MEBIBYTE, within(0.02 * 64 * MEBIBYTE));
    assertThat(number(message, "podmon_bytes")).isGreaterThan(MEBIBYTE);
    assertThat(RealPod.terminate(podmon)).isZero();
  }

  @Test
  void countsAChildKilledForMemoryUnderAParentThatEndsWell() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of());
    RealPod.Container job = pod.makeContainer("job");
    job.limitMemory(32 * MEBIBYTE);

    job.run("dd if=/dev/zero of=/dev/null bs=128M count=1 status=none; true");

    String message = pod.message(ENDED);
    assertThat(number(message, "oom_kills")).isEqualTo(1);
    assertThat(number(message, "max_usage")).isEqualTo(32 * MEBIBYTE);
    assertThat(RealPod.terminate(podmon)).isZero();
  }

  @Test
  void measuresOnV1Alone() throws Exception {
    RealPod pod = pod(V1_ALONE);
    Process podmon = pod.startPodmon(Map.of());

    RealPod.Container job = pod.makeContainer("job");
    Truth truth = job.run("sleep 0.3; " + burn(3_000));

    String message = pod.message(ENDED);
    // Its end is looked for every 10 ms; on a busy machine the looks come late as well.
    double fromItsMaking = Duration.between(job.made(), truth.ended()).toNanos() / 1e6;
    assertThat(millis(message)).isCloseTo(fromItsMaking, within(20.0));
    assertThat(number(message, "cpu_time") / 1e6).isCloseTo(truth.cpuMillis(), within(3.0));
    assertThat(RealPod.terminate(podmon)).isZero();
  }

  @Test
  void leavesOutWhatInitContainersHaveUsed() throws Exception {
    RealPod pod = pod(HYBRID);
    RealPod.Container init = pod.makeContainer("init");
    init.run(burn(60_000));
    init.remove();
    Process podmon = pod.startPodmon(Map.of());

    Truth truth = pod.makeContainer("job").run(burn(3_000));

    String message = pod.message(ENDED);
    assertThat(number(message, "cpu_time") / 1e6).isCloseTo(truth.cpuMillis(), within(3.0));
    assertThat(message).doesNotContain("\"init\"");
    assertThat(RealPod.terminate(podmon)).isZero();
  }

  @Test
  void keepsTheFiguresWhenTheGroupGoesBeforeTerm() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of());
    RealPod.Container job = pod.makeContainer("job");
    job.run(burn(3_000));
    String before = pod.message(ENDED);

    job.remove();
    int exit = RealPod.terminate(podmon);

    assertThat(exit).isZero();
    assertThat(pod.message(ENDED)).isEqualTo(before);
  }

  @Test
  void waitsAfterTermForAWorkloadThatIsStillEnding() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of());
    Process job = pod.makeContainer("job").start("read line");
    podmon.destroy();
    pod.message("\"started_ns\"");

    job.getOutputStream().close();
    int exit = RealPod.exit(podmon);

    assertThat(exit).isZero();
    assertThat(pod.message(ENDED)).contains("\"containers\":[{\"id\":\"job\"");
  }

  @Test
  void endsByItselfAsARegularContainer() throws Exception {
    RealPod pod = pod(HYBRID);
    Process pause = pod.makeContainer("pause").start("read line");
    Process podmon = pod.startPodmon(Map.of("OPTUNE_CONTAINERS", "1"));

    pod.makeContainer("job").run("true");

    assertThat(RealPod.exit(podmon)).isZero();
    assertThat(pause.isAlive()).isTrue();
    assertThat(pod.message(ENDED)).doesNotContain("pause");
  }

  @Test
  void postsTheSameAsItSays() throws Exception {
    RealPod pod = pod(HYBRID);
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var posted = new CompletableFuture<String>();
      Thread.ofVirtual().start(() -> posted.complete(takeOne(server)));
      Process podmon =
          pod.startPodmon(Map.of("REPORT_TARGET", "127.0.0.1:" + server.getLocalPort()));
      pod.makeContainer("job").run("true");
      pod.message(ENDED);

      int exit = RealPod.terminate(podmon);

      assertThat(exit).isZero();
      assertThat(posted.join()).endsWith("\r\n\r\n" + pod.message(ENDED));
    }
  }

  @Test
  void endsWellAndSaysWhyWhereThereIsNoSuchPod() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon =
        pod.startPodmon(
            Map.of("OPTUNE_SELF_ID", "absent", "REPORT_TARGET", "::x:y", "CGROUP_ROOT", "/proc"));

    int exit = RealPod.terminate(podmon);

    assertThat(exit).isZero();
    assertThat(pod.message("error"))
        .isEqualTo("{\"id\":\"absent\",\"error\":\"no group of pod 'absent' below /proc\"}");
  }

  @Test
  void endsWellWhereTheMessageCannotBeWritten() throws Exception {
    RealPod pod = pod(HYBRID);
    Process podmon = pod.startPodmon(Map.of("TERMINATION_MESSAGE_PATH", "/absent/message"));
    pod.makeContainer("job").run("true");

    assertThat(RealPod.terminate(podmon)).isZero();
  }

  private RealPod pod(Hierarchy... hierarchies) throws IOException {
    RealPod pod = RealPod.make(directory, hierarchies);
    pods.add(pod);
    return pod;
  }

  /// A command that counts to `rounds`, in a process of its own.
  private static String burn(int rounds) {
    return "bash -c 'for ((i = 0; i < " + rounds + "; i++)); do :; done'";
  }

  private static double millis(String message) {
    return (number(message, "finished_ns") - number(message, "started_ns")) / 1e6;
  }

  /// The pod's `figure`, which comes before its containers'.
  private static long number(String message, String figure) {
    Matcher matcher = Pattern.compile("\"" + figure + "\":([0-9]+)").matcher(message);
    assertThat(matcher.find()).as(figure + " in " + message).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String takeOne(ServerSocket server) {
    try (var socket = server.accept()) {
      var request = new StringBuilder();
      byte[] buffer = new byte[4_096];
      while (!request.toString().endsWith("}")) {
        int length = socket.getInputStream().read(buffer);
        request.append(new String(buffer, 0, length, UTF_8));
      }
      socket.getOutputStream().write("HTTP/1.1 204 No Content\r\n\r\n".getBytes(UTF_8));
      return request.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
