package io.multijob.podmon;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a workload says of itself: its own clock and what getrusage counted of its children.
///
/// @param ran from its joining the group to its end
/// @param ended when it had done its work, by the clock
/// @param cpu user and system time of its children
record Truth(Duration ran, Instant ended, Duration cpu) {
  /// The last command of a workload's bash: prints its times.
  static final String TELL = "echo $started $EPOCHREALTIME; times";

  static Truth parse(String output) {
    List<String> lines = output.lines().toList();
    List<String> clock = words(lines.get(lines.size() - 3));
    Duration ran = micros(clock.getLast()).minus(micros(clock.getFirst()));
    Duration cpu = Duration.ZERO;
    for (String time : words(lines.getLast())) {
      cpu = cpu.plus(time(time));
    }
    return new Truth(ran, Instant.EPOCH.plus(micros(clock.getLast())), cpu);
  }

  double ranMillis() {
    return ran.toNanos() / 1e6;
  }

  double cpuMillis() {
    return cpu.toNanos() / 1e6;
  }

  private static List<String> words(String line) {
    return List.of(line.trim().split(" +", -1));
  }

  private static Duration micros(String seconds) {
    return Duration.ofNanos(Math.round(Double.parseDouble(seconds) * 1e6) * 1_000);
  }

  /// `0m1.234s`, as bash writes it.
  private static Duration time(String text) {
    int minutes = text.indexOf('m');
    double seconds = Double.parseDouble(text.substring(minutes + 1, text.length() - 1));
    return Duration.ofMinutes(Long.parseLong(text.substring(0, minutes)))
        .plusMillis(Math.round(seconds * 1_000));
  }
}
