package io.multijob.bench.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// What the kernel says of a process
/// ([proc(5)](https://man7.org/linux/man-pages/man5/proc.5.html)).
///
/// @param cpu used so far, in user mode and for it in the kernel, on all cores
/// @param resident bytes in memory now
/// @param peak the most bytes that ever were, since the process began or [#forgetPeak]
public record ProcessReading(Duration cpu, long resident, long peak) {
  /// `USER_HZ`, the unit of times in `/proc`; 100 on every architecture that Java runs on.
  private static final long TICKS_PER_SECOND = 100;

  private static final int BYTES_PER_KIB = 1024;
  private static final int USER_TIME = 11; // the field's place after the command's name
  private static final String FORGET_PEAK = "5";

  public static ProcessReading of(long pid) throws IOException {
    Path directory = directory(pid);
    String stat = Files.readString(directory.resolve("stat"), UTF_8);
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[USER_TIME + 1]);
    List<String> status = Files.readAllLines(directory.resolve("status"), UTF_8);
    return new ProcessReading(
        Duration.ofMillis(ticks * 1_000 / TICKS_PER_SECOND),
        bytes(status, "VmRSS:"),
        bytes(status, "VmHWM:"));
  }

  /// Lets the peak begin anew from what is resident now.
  public static void forgetPeak(long pid) throws IOException {
    Files.writeString(directory(pid).resolve("clear_refs"), FORGET_PEAK);
  }

  private static Path directory(long pid) {
    return Path.of("/proc", Long.toString(pid));
  }

  private static long bytes(List<String> status, String name) throws IOException {
    for (String line : status) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB;
      }
    }
    throw new IOException("no " + name + " in the status of a process");
  }
}
