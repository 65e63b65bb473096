package io.multijob.bench.figure;

import io.multijob.bench.figure.Circumstances.Machine;
import io.multijob.bench.figure.Circumstances.TreeState;
import java.time.Instant;
import java.util.List;

/// Results that nobody has measured.
final class Examples {
  static final Results RESULTS =
      new Results(
          new Circumstances(
              Instant.parse("2026-11-22T23:59:59Z"),
              "abc1234",
              TreeState.CLEAN,
              new Machine(2, 24_000_000_000L, "A Processor", "6.1.0", "25.0.3 (A Vendor)"),
              0.2),
          List.of(
              Figure.of(
                  "decode.events",
                  "events/s",
                  "on one core",
                  new Spread(18_000.4, 17_000, 19_000, 3),
                  new Goal.AtLeast(15_000),
                  Beside.measured("an informer", 1_900)),
              Figure.of(
                  "latency.median",
                  "ms",
                  "of a report",
                  Spread.of(6.25),
                  new Goal.AtMost(5),
                  Beside.measured("a bare watch", 0.5),
                  Beside.recorded("the original", 3_062)),
              Figure.plain("latency.max", "ms", "of a report", new Spread(20, 10, 30, 3))));

  private Examples() {}
}
