package io.multijob.cgroup;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.cgroup.CgroupWatch.Change;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the kernel of this machine really does.
@Timeout(30)
final class RealGroupTest {
  private static final long MEBIBYTE = 1L << 20;
  private static final Pattern TIME = Pattern.compile("([0-9]+)m([0-9.]+)s");

  private final HostFiles files = new HostFiles();
  private final GroupReader reader = new GroupReader(files);
  private final RealGroup real = RealGroup.make();

  @AfterEach
  void remove() {
    real.close();
  }

  @Test
  void countsTheCpuTimeOfProcessesThatHaveEnded() throws Exception {
    Process process = real.start("bash", "-c", "for ((i = 0; i < 200000; i++)); do :; done; times");
    String times = new String(process.getInputStream().readAllBytes(), US_ASCII);
    process.waitFor();

    long used = reader.readCpuNanos(real.group()).orElseThrow();

    assertThat((double) used).isCloseTo(nanos(times), within(5e6));
  }

  @Test
  void keepsTheCpuTimeOfAGroupThatIsGone() throws Exception {
    RealGroup child = real.makeChild("child");
    child.start("bash", "-c", "for ((i = 0; i < 100000; i++)); do :; done").waitFor();
    long used = reader.readCpuNanos(child.group()).orElseThrow();

    child.close();

    assertThat(reader.readCpuNanos(child.group())).isEmpty();
    assertThat(reader.readCpuNanos(real.group()).orElseThrow()).isGreaterThanOrEqualTo(used);
  }

  @Test
  void keepsThePeakAndCountsAnOomKill() throws Exception {
    assumeTrue(real.group().in(Hierarchy.MEMORY).isPresent(), "no v1 memory controller");
    real.write(Hierarchy.MEMORY, "memory.limit_in_bytes", Long.toString(16 * MEBIBYTE));

    int exit = real.start("sh", "-c", "head -c 64M /dev/zero | tail > /dev/null; exit 0").waitFor();

    Reading reading = reader.read(real.group());
    assertThat(exit).isZero();
    assertThat(reading.find(Figure.OOM_KILLS)).hasValue(1);
    assertThat(reading.find(Figure.PEAK_BYTES)).hasValue(16 * MEBIBYTE);
  }

  @Test
  void isToldOfAGroupComingFillingEmptyingAndGoing() throws Exception {
    assumeTrue(real.group().in(Hierarchy.UNIFIED).isPresent(), "no unified hierarchy");
    var occupancy = new Occupancy(files);
    String pod = real.group().in(Hierarchy.UNIFIED).orElseThrow();
    String directory = pod + "/child";
    try (var watch = InotifyWatch.open()) {
      assertThat(watch.add(pod)).isTrue();
      RealGroup child = real.makeChild("child");
      await(watch, new Change.Made(pod, "child")::equals);
      assertThat(watch.add(directory)).isTrue();
      assertThat(occupancy.isPopulated(child.group())).isFalse();

      Process process = child.start("sleep", "0.2");
      await(watch, new Change.Written(directory, "cgroup.events")::equals);
      assertThat(occupancy.isPopulated(child.group())).isTrue();

      Instant told = await(watch, new Change.Written(directory, "cgroup.events")::equals);
      assertThat(occupancy.isPopulated(child.group())).isFalse();
      process.waitFor();
      assertThat(Duration.between(told, Instant.now())).isLessThan(Duration.ofSeconds(1));

      child.close();
      await(watch, new Change.Removed(pod, "child")::equals);
    }
  }

  @Test
  void tellsNothingOfADirectoryThatIsNotThere() throws IOException {
    try (var watch = InotifyWatch.open()) {
      assertThat(watch.add("/sys/fs/cgroup/absent")).isFalse();
    }
  }

  @Test
  void tellsNothingWhenNothingHappens() throws Exception {
    try (var watch = InotifyWatch.open()) {
      watch.add(real.group().directories().values().iterator().next());

      assertThat(watch.await(Duration.ofMillis(20)).changes()).isEmpty();
    }
  }

  @Test
  void looksPopulatedOnV1AsLongAsAProcessIsInIt() throws Exception {
    assumeTrue(real.group().in(Hierarchy.CPUACCT).isPresent(), "no v1 hierarchy");
    var v1 = new Group(Map.of(Hierarchy.CPUACCT, real.group().in(Hierarchy.CPUACCT).orElseThrow()));
    var occupancy = new Occupancy(files);
    Process process = real.start("sh", "-c", "echo in; read line");
    assertThat(process.getInputStream().read()).isEqualTo('i');

    boolean during = occupancy.isPopulated(v1);
    process.getOutputStream().close();
    process.waitFor();

    assertThat(during).isTrue();
    assertThat(occupancy.isPopulated(v1)).isFalse();
  }

  @Test
  void wasMadeWhenItWasFirstLookedAt() throws Exception {
    Instant before = Instant.now();

    RealGroup child = real.makeChild("child");
    Process process = child.start("true");
    process.waitFor();
    String directory = child.group().directories().values().iterator().next();
    Instant modified = files.modified(directory);
    child.close();

    assertThat(modified).isBetween(before.minusMillis(10), Instant.now());
  }

  /// Waits for a change; the test's time limit is the bound.
  private static Instant await(CgroupWatch watch, Predicate<Change> expected)
      throws InterruptedException {
    while (true) {
      CgroupWatch.Changes changes = watch.await(Duration.ofSeconds(10));
      if (changes.changes().stream().anyMatch(expected)) {
        return changes.at();
      }
    }
  }

  /// User and system time of the shell itself, as bash's `times` says: `0m0.123s 0m0.004s`.
  private static double nanos(String times) {
    return TIME.matcher(times.lines().findFirst().orElseThrow())
        .results()
        .mapToDouble(
            time -> 60 * Double.parseDouble(time.group(1)) + Double.parseDouble(time.group(2)))
        .map(seconds -> seconds * 1e9)
        .sum();
  }
}
