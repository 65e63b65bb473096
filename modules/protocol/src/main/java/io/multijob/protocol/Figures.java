package io.multijob.protocol;

import static java.util.Collections.unmodifiableMap;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What podmon counted of a pod or of one of its containers; any figure may be absent.
///
/// @param values from 0 to [Figure#max()], each in its figure's own unit; in the order of [Figure]
public record Figures(Map<Figure, Long> values) {
  public static final Figures NONE = new Figures(Map.of());

  /// Up to here every number of bytes is exact as a `double`.
  static final long MOST_BYTES = 1L << 53;

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  public Figures {
    values.forEach(Figures::check);
    var copy = new EnumMap<Figure, Long>(Figure.class);
    copy.putAll(values);
    if (endsBeforeItStarts(copy)) {
      throw new IllegalArgumentException("finished_ns is before started_ns");
    }
    values = unmodifiableMap(copy);
  }

  static boolean endsBeforeItStarts(Map<Figure, Long> values) {
    Long started = values.get(Figure.STARTED);
    Long finished = values.get(Figure.FINISHED);
    return started != null && finished != null && finished < started;
  }

  /// The figure in its own unit; none if it was not counted.
  public OptionalLong get(Figure figure) {
    Long value = values.get(figure);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /// CPU time summed over cores.
  public Optional<Duration> cpuTime() {
    return time(Figure.CPU_TIME);
  }

  public Optional<Duration> userTime() {
    return time(Figure.USER);
  }

  public Optional<Duration> systemTime() {
    return time(Figure.SYSTEM);
  }

  /// How long it was kept from running by its CPU limit.
  public Optional<Duration> throttledTime() {
    return time(Figure.THROTTLED);
  }

  /// Page cache included.
  public Optional<Memory> peakMemory() {
    return memory(Figure.MAX_USAGE);
  }

  public OptionalLong oomKills() {
    return get(Figure.OOM_KILLS);
  }

  /// The workload's start, by the node's clock.
  public Optional<Instant> started() {
    return moment(Figure.STARTED);
  }

  /// The workload's end, by the node's clock; not before its start.
  public Optional<Instant> finished() {
    return moment(Figure.FINISHED);
  }

  /// Podmon's own CPU time, taken out of the pod's already.
  public Optional<Duration> podmonCpuTime() {
    return time(Figure.PODMON_CPU);
  }

  /// Podmon's own memory, still in the pod's peak.
  public Optional<Memory> podmonMemory() {
    return memory(Figure.PODMON_MEMORY);
  }

  private Optional<Duration> time(Figure figure) {
    return Optional.ofNullable(values.get(figure)).map(Duration::ofNanos);
  }

  private Optional<Memory> memory(Figure figure) {
    return Optional.ofNullable(values.get(figure)).map(Memory::new);
  }

  private Optional<Instant> moment(Figure figure) {
    return Optional.ofNullable(values.get(figure))
        .map(nanos -> Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND));
  }

  private static void check(Figure figure, long value) {
    if (value < 0 || value > figure.max()) {
      throw new IllegalArgumentException(
          figure.wire() + " should be from 0 to " + figure.max() + ": " + value);
    }
  }
}
