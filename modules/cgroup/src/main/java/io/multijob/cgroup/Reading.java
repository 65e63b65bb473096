package io.multijob.cgroup;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/// What is known of a group at one moment. What the kernel does not keep, or what could no longer
/// be read because the group was going, is absent: never 0.
public record Reading(Map<Figure, Long> figures) {
  public static final Reading NOTHING = new Reading(Map.of());

  public Reading {
    figures = Map.copyOf(figures);
  }

  /// The value of `figure`, if it is known.
  public OptionalLong find(Figure figure) {
    Long value = figures.get(figure);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /// The value of `figure`, 0 if it is not known.
  public long orZero(Figure figure) {
    return figures.getOrDefault(figure, 0L);
  }

  /// This reading with each figure less what `other` has of it. What `other` does not know counts
  /// as 0 there. Never under 0: two counters that belong together are not read in the same instant.
  public Reading minus(Reading other) {
    Map<Figure, Long> difference = new EnumMap<>(Figure.class);
    figures.forEach(
        (figure, value) -> difference.put(figure, Math.max(0, value - other.orZero(figure))));
    return new Reading(difference);
  }

  /// This reading, with what it does not know as `other` has it.
  public Reading or(Reading other) {
    Map<Figure, Long> completed = new EnumMap<>(Figure.class);
    completed.putAll(other.figures);
    completed.putAll(figures);
    return new Reading(completed);
  }

  /// This reading, as if `figure` were not known.
  public Reading without(Figure figure) {
    Map<Figure, Long> rest = new EnumMap<>(Figure.class);
    rest.putAll(figures);
    rest.remove(figure);
    return new Reading(rest);
  }

  /// This reading with `figure` set to `value`.
  public Reading with(Figure figure, long value) {
    Map<Figure, Long> changed = new EnumMap<>(Figure.class);
    changed.putAll(figures);
    changed.put(figure, value);
    return new Reading(changed);
  }
}
