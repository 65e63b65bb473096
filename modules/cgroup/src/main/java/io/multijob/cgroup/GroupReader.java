package io.multijob.cgroup;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Reads what the kernel says of a group. Thread-safe.
///
/// Each figure comes from the first of its sources that has it: v1's own hierarchy where the group
/// lies in one, the unified one otherwise. A file that is not there, because this kernel does not
/// keep it or because the group is going, leaves its figures unknown.
public final class GroupReader {
  private static final long NANOS_PER_MICRO = 1_000;

  /// `USER_HZ`, the unit of times that v1 shows to programs: 100 on every architecture Kubernetes
  /// runs on.
  private static final long NANOS_PER_TICK = 10_000_000;

  /// Memory first: a group that is going takes its peak and its kills with it, while the CPU time
  /// stays in the group above.
  private static final List<Source> SOURCES =
      List.of(
          new Source(Hierarchy.MEMORY, "memory.max_usage_in_bytes", Count.whole(Figure.PEAK_BYTES)),
          new Source(
              Hierarchy.MEMORY, "memory.oom_control", new Count("oom_kill", Figure.OOM_KILLS, 1)),
          new Source(Hierarchy.CPUACCT, "cpuacct.usage", Count.whole(Figure.CPU_NANOS)),
          new Source(
              Hierarchy.CPUACCT,
              "cpuacct.stat",
              new Count("user", Figure.USER_NANOS, NANOS_PER_TICK),
              new Count("system", Figure.SYSTEM_NANOS, NANOS_PER_TICK)),
          new Source(
              Hierarchy.CPU, "cpu.stat", new Count("throttled_time", Figure.THROTTLED_NANOS, 1)),
          new Source(
              Hierarchy.UNIFIED,
              "cpu.stat",
              new Count("usage_usec", Figure.CPU_NANOS, NANOS_PER_MICRO),
              new Count("user_usec", Figure.USER_NANOS, NANOS_PER_MICRO),
              new Count("system_usec", Figure.SYSTEM_NANOS, NANOS_PER_MICRO),
              new Count("throttled_usec", Figure.THROTTLED_NANOS, NANOS_PER_MICRO)),
          new Source(Hierarchy.UNIFIED, "memory.peak", Count.whole(Figure.PEAK_BYTES)),
          new Source(
              Hierarchy.UNIFIED, "memory.events", new Count("oom_kill", Figure.OOM_KILLS, 1)));

  private static final Source HELD =
      new Source(Hierarchy.UNIFIED, "memory.current", Count.whole(Figure.HELD_BYTES));

  private final CgroupFiles files;

  public GroupReader(CgroupFiles files) {
    this.files = files;
  }

  /// All that is known of `group` now: three to five small files.
  ///
  /// @throws CgroupFormatException if a file has another form than the kernel documents
  public Reading read(Group group) {
    Map<Figure, Long> figures = new EnumMap<>(Figure.class);
    for (Source source : SOURCES) {
      if (source.addsTo(figures)) {
        read(group, source, figures);
      }
    }
    if (!figures.containsKey(Figure.PEAK_BYTES)) {
      read(group, HELD, figures);
    }
    return new Reading(figures);
  }

  /// Only the CPU time of `group`, from one file: for readings that have to be close together.
  public OptionalLong readCpuNanos(Group group) {
    Map<Figure, Long> figures = new EnumMap<>(Figure.class);
    for (Source source : SOURCES) {
      if (source.tells(Figure.CPU_NANOS) && figures.isEmpty()) {
        read(group, source, figures);
      }
    }
    return new Reading(figures).find(Figure.CPU_NANOS);
  }

  /// Only the memory that `group` holds now, for kernels that keep no peak.
  public OptionalLong readHeldBytes(Group group) {
    Map<Figure, Long> figures = new EnumMap<>(Figure.class);
    read(group, HELD, figures);
    return new Reading(figures).find(Figure.HELD_BYTES);
  }

  private void read(Group group, Source source, Map<Figure, Long> figures) {
    String directory = group.directories().get(source.hierarchy);
    if (directory == null) {
      return;
    }
    String file = directory + "/" + source.file;
    String text;
    try {
      text = files.read(file);
    } catch (IOException e) {
      return; // not kept by this kernel, or the group is going: unknown is the answer
    }
    if (source.isWholeFile()) {
      figures.putIfAbsent(source.counts.getFirst().figure, SingleValue.parse(file, text));
      return;
    }
    FlatKeyed keyed = FlatKeyed.parse(file, text.lines().toList());
    for (Count count : source.counts) {
      keyed
          .find(count.key)
          .ifPresent(value -> figures.putIfAbsent(count.figure, value * count.factor));
    }
  }

  /// A file, and what it tells.
  private record Source(Hierarchy hierarchy, String file, List<Count> counts) {

    Source(Hierarchy hierarchy, String file, Count... counts) {
      this(hierarchy, file, List.of(counts));
    }

    boolean isWholeFile() {
      return counts.getFirst().key.isEmpty();
    }

    boolean tells(Figure figure) {
      return counts.stream().anyMatch(count -> count.figure == figure);
    }

    boolean addsTo(Map<Figure, Long> figures) {
      return counts.stream().anyMatch(count -> !figures.containsKey(count.figure));
    }
  }

  /// One number of a file.
  ///
  /// @param key its key; empty if the file holds nothing else
  /// @param factor what to multiply it with to have the figure's unit
  private record Count(String key, Figure figure, long factor) {

    static Count whole(Figure figure) {
      return new Count("", figure, 1);
    }
  }
}
