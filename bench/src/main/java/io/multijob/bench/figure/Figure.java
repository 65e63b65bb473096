package io.multijob.bench.figure;

import java.util.List;

/// One thing that was measured.
///
/// @param name the bench's name, a point, and what was measured: `decode.events`
/// @param unit such as `events/s`, `ms`, `MB`
/// @param about what the value says, in half a line
/// @param spread of repeated measurements; its median is held against the goal
/// @param beside others' values of the same thing, the nearest one first
public record Figure(
    String name, String unit, String about, Spread spread, Goal goal, List<Beside> beside) {

  public Figure {
    beside = List.copyOf(beside);
  }

  /// A figure that has a goal.
  public static Figure of(
      String name, String unit, String about, Spread spread, Goal goal, Beside... beside) {
    return new Figure(name, unit, about, spread, goal, List.of(beside));
  }

  /// A figure that is there to judge others by.
  public static Figure plain(
      String name, String unit, String about, Spread spread, Beside... beside) {
    return new Figure(name, unit, about, spread, new Goal.None(), List.of(beside));
  }

  public boolean met() {
    return goal.met(spread.median());
  }
}
