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
        .containsExactly(
            new Counted(Duration.ofNanos(197_558_928), 12),
            new Counted(Duration.ofNanos(5_850_386), 3));
  }

  @Test
  void knowsNoDelayWhereTheKernelDoesNotCount() {
    thread("self/task/11", "FileSystemWatch\n", "", 0);

    RunDelays delays = RunDelays.ofCallerAnd("FileSystemWatch", new Proc());

    assertThat(RunDelays.between(delays.counted(), delays.counted())).isZero();
  }

  @Test
  void isLateByAllThatWasWaited() {
    assertThat(RunDelays.between(List.of(of(5, 1), of(7, 2)), List.of(of(6, 1), of(9, 2))))
        .isEqualTo(Duration.ofMillis(3));
  }

  @Test
  void doesNotCountAThreadThatWasInterruptedAsWell() {
    assertThat(RunDelays.between(List.of(of(5, 1), of(7, 2)), List.of(of(40, 2), of(9, 2))))
        .isEqualTo(Duration.ofMillis(2));
  }

  private static Counted of(long waitedMillis, long interruptions) {
    return new Counted(Duration.ofMillis(waitedMillis), interruptions);
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
