package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.cgroup.RunDelays.Counted;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class RunDelaysTest {
  private final Map<String, String> files = new TreeMap<>();

  @Test
  void readsTheCallersAndTheNamedThreads() {
    thread("thread-self", "java\n", "532307614 197558928 1332\n", 12);
    thread("self/task/11", "FileSystemWatch\n", "349048 5850386 4\n", 3);
    thread("self/task/12", "VM Thread\n", "397414 846366 11\n", 4);

    RunDelays delays = RunDelays.ofCallerAnd("FileSystemWatch", new Proc());

    assertThat(delays.counted())
        .isEqualTo(new Counted(Duration.ofNanos(197_558_928), 12, Duration.ofNanos(5_850_386)));
  }

  @Test
  void knowsNoDelayWhereTheKernelDoesNotCount() {
    thread("self/task/11", "FileSystemWatch\n", "", 0);

    RunDelays delays = RunDelays.ofCallerAnd("FileSystemWatch", new Proc());

    assertThat(delays.counted()).isEqualTo(of(0, 0, 0));
  }

  @Test
  void isLateByAllThatWasWaited() {
    assertThat(of(6, 1, 9).lateSince(of(5, 1, 7))).isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void doesNotCountTheCallerWhereItWasInterruptedAsWell() {
    Counted before = of(5, 1, 7);
    Counted after = of(40, 2, 9);

    assertThat(after.isInterruptedSince(before)).isTrue();
    assertThat(after.lateSince(before)).isEqualTo(Duration.ofMillis(2));
  }

  @Test
  void takesBackAnInterruptionThatCameAfterTheEvent() {
    Counted before = of(5, 1, 7);
    Counted after = of(40, 2, 9).before(Duration.ofMillis(32));

    assertThat(after.isInterruptedSince(before)).isFalse();
    assertThat(after.lateSince(before)).isEqualTo(Duration.ofMillis(5));
  }

  @Test
  void isNeverTooEarlyForTheEvent() {
    assertThat(of(6, 2, 9).before(Duration.ofMillis(32)).lateSince(of(5, 1, 7)))
        .isEqualTo(Duration.ofMillis(2));
  }

  private static Counted of(long callerMillis, long interruptions, long othersMillis) {
    return new Counted(
        Duration.ofMillis(callerMillis), interruptions, Duration.ofMillis(othersMillis));
  }

  private void thread(String path, String comm, String schedstat, long interruptions) {
    files.put("/proc/" + path + "/comm", comm);
    files.put("/proc/" + path + "/schedstat", schedstat);
    files.put(
        "/proc/" + path + "/status",
        """
        Name:	%s
        voluntary_ctxt_switches:	150
        nonvoluntary_ctxt_switches:	%d
        """
            .formatted(comm.strip(), interruptions));
  }

  /// The files of `/proc` that the test has put there.
  private final class Proc implements CgroupFiles {
    @Override
    public String read(String path) throws IOException {
      String text = files.get(path);
      if (text == null) {
        throw new FileNotFoundException(path);
      }
      return text;
    }

    @Override
    public List<String> list(String directory) {
      return files.keySet().stream()
          .filter(path -> path.startsWith(directory + "/"))
          .map(path -> path.substring(directory.length() + 1).replaceFirst("/.*", ""))
          .distinct()
          .toList();
    }

    @Override
    public boolean isDirectory(String path) {
      return !list(path).isEmpty();
    }

    @Override
    public Instant modified(String directory) {
      return Instant.EPOCH;
    }
  }
}
