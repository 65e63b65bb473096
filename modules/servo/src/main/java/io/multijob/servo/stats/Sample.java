package io.multijob.servo.stats;

import io.multijob.protocol.Figure;
import io.multijob.protocol.Figures;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/// What a node had counted of a pod at one moment: its CPU time until then, and the memory that it
/// held then.
///
/// @param at when the node looked, which may be many seconds before it was asked
/// @param figures [Figure#CPU_TIME] without the monitor's own, [Figure#MAX_USAGE] as the most of
///   what was seen, [Figure#PODMON_CPU]; any may be absent
public record Sample(Instant at, Figures figures) {
  /// This one and another of the same pod: the later one's, with the most memory of both.
  Sample and(Sample other) {
    return other.at.isBefore(at) ? withMemoryOf(other) : other.withMemoryOf(this);
  }

  private Sample withMemoryOf(Sample earlier) {
    OptionalLong before = earlier.figures.get(Figure.MAX_USAGE);
    if (before.isEmpty() || before.getAsLong() <= figures.get(Figure.MAX_USAGE).orElse(0)) {
      return this;
    }
    Map<Figure, Long> values = new EnumMap<>(Figure.class);
    values.putAll(figures.values());
    values.put(Figure.MAX_USAGE, before.getAsLong());
    return new Sample(at, new Figures(values));
  }
}
