package io.multijob.cgroup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// How long threads of this process have stood ready to run without a processor, as the kernel
/// counts it: by this much what they notice on a busy machine is noticed late.
///
/// The second number of `schedstat`, Documentation/scheduler/sched-stats.rst of the Linux kernel,
/// and `nonvoluntary_ctxt_switches` of `status`, proc(5). A kernel without `CONFIG_SCHED_INFO` has
/// no such counts, and then no delay is known.
final class RunDelays {
  private static final String CALLER = "/proc/thread-self";
  private static final String OWN_THREADS = "/proc/self/task";
  private static final String INTERRUPTIONS = "nonvoluntary_ctxt_switches:";

  private final CgroupFiles files;
  private final List<String> threads;

  private RunDelays(CgroupFiles files, List<String> threads) {
    this.files = files;
    this.threads = List.copyOf(threads);
  }

  /// What the kernel has counted of one thread since it began.
  ///
  /// @param waited how long it stood ready
  /// @param interruptions how often its processor was taken from it
  record Counted(Duration waited, long interruptions) {

    /// How long it has waited since `earlier` to be woken. Nothing where it was interrupted as
    /// well: that may have been before what woke it.
    private Duration since(Counted earlier) {
      return interruptions > earlier.interruptions ? Duration.ZERO : waited.minus(earlier.waited);
    }
  }

  /// Those of the calling thread, whichever that is then, and of the threads of this name.
  ///
  /// @param comm the name as the kernel has it, of 15 characters at most
  static RunDelays ofCallerAnd(String comm, CgroupFiles files) {
    List<String> threads = new ArrayList<>(List.of(CALLER));
    for (String thread : files.list(OWN_THREADS)) {
      String directory = OWN_THREADS + "/" + thread;
      if (read(files, directory + "/comm").strip().equals(comm)) {
        threads.add(directory);
      }
    }
    return new RunDelays(files, threads);
  }

  /// What is counted now, of each thread.
  List<Counted> counted() {
    return threads.stream().map(this::counted).toList();
  }

  /// By how much that is late for which the threads, one after the other, have waited meanwhile.
  static Duration between(List<Counted> earlier, List<Counted> later) {
    Duration late = Duration.ZERO;
    for (int i = 0; i < later.size(); i++) {
      late = late.plus(later.get(i).since(earlier.get(i)));
    }
    return late;
  }

  private Counted counted(String thread) {
    return new Counted(
        Duration.ofNanos(waitedNanos(read(files, thread + "/schedstat"))),
        interruptions(read(files, thread + "/status")));
  }

  /// Of `RUNNING_NS WAITING_NS TURNS`.
  private static long waitedNanos(String schedstat) {
    int begin = schedstat.indexOf(' ') + 1;
    int end = schedstat.indexOf(' ', begin);
    return begin == 0 || end < 0 ? 0 : Long.parseLong(schedstat.substring(begin, end));
  }

  private static long interruptions(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(INTERRUPTIONS))
        .mapToLong(line -> Long.parseLong(line.substring(INTERRUPTIONS.length()).strip()))
        .findFirst()
        .orElse(0);
  }

  private static String read(CgroupFiles files, String file) {
    try {
      return files.read(file);
    } catch (IOException e) {
      return ""; // the thread has ended, or the kernel does not count it
    }
  }
}
