package io.multijob.podmon;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.Group;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// When groups were made, as the kernel's times of their directories tell. Thread-safe.
final class GroupAge {
  /// How far those times lie before what they tell of, at most: on a kernel with `CONFIG_HZ=250`,
  /// as most are; others tick between 1 and 10 ms.
  private static final Duration TICK = Duration.ofMillis(4);

  private final CgroupFiles files;

  GroupAge(CgroupFiles files) {
    this.files = files;
  }

  /// When the group was made, of which we were told at `at`: not later than a tick after what its
  /// directories say.
  Instant made(Group group, Instant at) {
    return tick(group).map(tick -> tick.plus(TICK)).filter(at::isAfter).orElse(at);
  }

  /// When the group was made that was there before we looked: half a tick after what its
  /// directories say, `now` if they say nothing.
  Instant madeBefore(Group group, Instant now) {
    return tick(group).map(tick -> tick.plus(TICK.dividedBy(2))).filter(now::isAfter).orElse(now);
  }

  /// The last tick before the group was made, as the earliest of its directories tells.
  private Optional<Instant> tick(Group group) {
    return group.directories().values().stream()
        .flatMap(directory -> modified(directory).stream())
        .min(Comparator.naturalOrder());
  }

  private Optional<Instant> modified(String directory) {
    try {
      return Optional.of(files.modified(directory));
    } catch (IOException e) {
      return Optional.empty(); // not in this hierarchy
    }
  }
}
