package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

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
  void addsUpTheCallersAndTheNamedThreads() {
    files.put("/proc/thread-self/schedstat", "532307614 197558928 1332\n");
    thread(11, "FileSystemWatch\n", "349048 5850386 4\n");
    thread(12, "VM Thread\n", "397414 846366 11\n");

    RunDelays delays = RunDelays.ofCallerAnd("FileSystemWatch", new Proc());

    assertThat(delays.total()).isEqualTo(Duration.ofNanos(197_558_928 + 5_850_386));
  }

  @Test
  void knowsNoDelayWhereTheKernelDoesNotCount() {
    thread(11, "FileSystemWatch\n", "");

    RunDelays delays = RunDelays.ofCallerAnd("FileSystemWatch", new Proc());

    assertThat(delays.total()).isZero();
  }

  private void thread(int id, String comm, String schedstat) {
    files.put("/proc/self/task/" + id + "/comm", comm);
    files.put("/proc/self/task/" + id + "/schedstat", schedstat);
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
