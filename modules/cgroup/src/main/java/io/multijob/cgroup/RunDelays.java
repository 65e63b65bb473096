package io.multijob.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long threads of this process have stood ready to run without a processor, as the kernel
/// counts it: by this much what they notice on a busy machine is noticed late.
///
/// The second number of `schedstat`: Documentation/scheduler/sched-stats.rst of the Linux kernel. A
/// kernel without `CONFIG_SCHED_INFO` has no such file, and then no delay is known.
final class RunDelays {
  private static final String OWN_THREADS = "/proc/self/task";

  private final CgroupFiles files;
  private final List<String> counters;

  private RunDelays(CgroupFiles files, List<String> counters) {
    this.files = files;
    this.counters = List.copyOf(counters);
  }

  /// Those of the calling thread, whichever that is then, and of the threads of this name.
  ///
  /// @param comm the name as the kernel has it, of 15 characters at most
  static RunDelays ofCallerAnd(String comm, CgroupFiles files) {
    List<String> counters = new ArrayList<>(List.of("/proc/thread-self/schedstat"));
    for (String thread : files.list(OWN_THREADS)) {
      String directory = OWN_THREADS + "/" + thread;
      if (read(files, directory + "/comm").strip().equals(comm)) {
        counters.add(directory + "/schedstat");
      }
    }
    return new RunDelays(files, counters);
  }

  /// Their sum since the threads began.
  Duration total() {
    long nanos = 0;
    for (String counter : counters) {
      nanos += delayNanos(read(files, counter));
    }
    return Duration.ofNanos(nanos);
  }

  /// Of `RUNNING_NS WAITING_NS SLICES`.
  private static long delayNanos(String schedstat) {
    int begin = schedstat.indexOf(' ') + 1;
    int end = schedstat.indexOf(' ', begin);
    return begin == 0 || end < 0 ? 0 : Long.parseLong(schedstat.substring(begin, end));
  }

  private static String read(CgroupFiles files, String file) {
    try {
      return files.read(file);
    } catch (IOException e) {
      return ""; // the thread has ended, or the kernel does not count it
    }
  }
}
