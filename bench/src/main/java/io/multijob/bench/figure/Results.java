package io.multijob.bench.figure;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/// All figures of one run.
public record Results(Circumstances circumstances, List<Figure> figures) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

  public Results {
    figures = List.copyOf(figures);
  }

  /// What the run is kept under: the day, and the commit it belongs to.
  public String name() {
    return DAY.format(circumstances.at()) + "-" + circumstances.commit();
  }
}
