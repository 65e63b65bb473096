package io.multijob.podmon;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.Group;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// When groups were made, as the kernel's times of their directories tell. Thread-safe.
///
/// Those times are of the first look at a directory, which is its maker's; by a clock that stands
/// still between two ticks, and longer on a machine whose processors sleep or are given to others:
/// 7 ms have been seen.
final class GroupAge {
  /// How far those times lie before what they tell of, as a rule: on a kernel with `CONFIG_HZ=250`,
  /// as most are; others tick between 1 and 10 ms.
  private static final Duration TICK = Duration.ofMillis(4);

  private final CgroupFiles files;

  GroupAge(CgroupFiles files) {
    this.files = files;
  }

  /// When the group was made, of which we were told at `at`: not before what its directories say,
  /// and not more than a tick after it if that was before we `asked`.
  Instant made(Group group, Instant asked, Instant at) {
    return tick(group).map(tick -> made(tick, asked, at)).orElse(at);
  }

  private static Instant made(Instant tick, Instant asked, Instant at) {
    Instant next = tick.plus(TICK);
    Instant told = asked.isAfter(next) ? next : at;
    return told.isBefore(tick) ? tick : told;
  }

  /// When the group was made that was found in a look that began at `now`: half a tick after what
  /// its directories say, `now` if they say nothing.
  Instant madeBefore(Group group, Instant now) {
    return tick(group).map(tick -> madeBefore(tick, now)).orElse(now);
  }

  /// A group may have come in the midst of the look.
  private static Instant madeBefore(Instant tick, Instant now) {
    Instant middle = tick.plus(TICK.dividedBy(2));
    return tick.isAfter(now) || middle.isBefore(now) ? middle : now;
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
