package io.multijob.sandbox.run.group;

import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The name of the group that holds everything of one sandbox: so that several sandboxes and a real
/// kubelet do not meet, and that what a crashed one left is known as such.
///
/// Process numbers are used again, so the name also has when the process started.
final class OwnerName {
  private static final Pattern FORM = Pattern.compile("servo-sandbox-(\\d+)-(\\d+)-[0-9a-f]{4}");

  private OwnerName() {}

  /// A name for this process that no other sandbox has.
  static String next() {
    ProcessHandle self = ProcessHandle.current();
    String suffix = HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
    return "servo-sandbox-%d-%d-%s".formatted(self.pid(), startSeconds(self), suffix);
  }

  /// Whether `name` is that of a sandbox whose process has gone.
  static boolean isStale(String name) {
    Matcher matcher = FORM.matcher(name);
    return matcher.matches()
        && ProcessHandle.of(Long.parseLong(matcher.group(1)))
            .filter(owner -> startSeconds(owner) == Long.parseLong(matcher.group(2)))
            .isEmpty();
  }

  private static long startSeconds(ProcessHandle process) {
    return process.info().startInstant().map(Instant::getEpochSecond).orElse(0L);
  }
}
