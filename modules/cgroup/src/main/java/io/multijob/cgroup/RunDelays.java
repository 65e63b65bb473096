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
  private final List<String> others;

  private RunDelays(CgroupFiles files, List<String> others) {
    this.files = files;
    this.others = List.copyOf(others);
  }

  /// What the kernel has counted since the threads began.
  ///
  /// @param caller how long the calling thread stood ready
  /// @param interruptions how often its processor was taken from it
  /// @param others how long the threads of the name stood ready
  record Counted(Duration caller, long interruptions, Duration others) {

    /// As it was before the caller was interrupted for so long.
    Counted before(Duration interruption) {
      return new Counted(caller.minus(interruption), interruptions - 1, others);
    }

    boolean isInterruptedSince(Counted earlier) {
      return interruptions > earlier.interruptions;
    }

    /// By how much an event is late for which the caller has waited since `earlier`, woken by the
    /// others. Where the caller was interrupted, that may have been before the event, and nothing
    /// of its own is counted.
    Duration lateSince(Counted earlier) {
      Duration late = others.minus(earlier.others);
      boolean isKnown = !isInterruptedSince(earlier) && caller.compareTo(earlier.caller) > 0;
      return isKnown ? late.plus(caller.minus(earlier.caller)) : late;
    }
  }

  /// Those of the calling thread, whichever that is then, and of the threads of this name.
  ///
  /// @param comm the name as the kernel has it, of 15 characters at most
  static RunDelays ofCallerAnd(String comm, CgroupFiles files) {
    List<String> others = new ArrayList<>();
    for (String thread : files.list(OWN_THREADS)) {
      String directory = OWN_THREADS + "/" + thread;
      if (read(files, directory + "/comm").strip().equals(comm)) {
        others.add(directory);
      }
    }
    return new RunDelays(files, others);
  }

  /// The interruptions first: one that comes in the midst is seen in the next count.
  Counted counted() {
    long interruptions = interruptions(read(files, CALLER + "/status"));
    Duration caller = waited(CALLER);
    Duration ofOthers = others.stream().map(this::waited).reduce(Duration.ZERO, Duration::plus);
    return new Counted(caller, interruptions, ofOthers);
  }

  /// Of `RUNNING_NS WAITING_NS TURNS`.
  private Duration waited(String thread) {
    String schedstat = read(files, thread + "/schedstat");
    int begin = schedstat.indexOf(' ') + 1;
    int end = schedstat.indexOf(' ', begin);
    return begin == 0 || end < 0
        ? Duration.ZERO
        : Duration.ofNanos(Long.parseLong(schedstat.substring(begin, end)));
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
