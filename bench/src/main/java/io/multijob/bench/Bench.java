package io.multijob.bench;

import io.multijob.bench.figure.Figure;
import java.util.List;

/// Measures figures that belong together.
public interface Bench {

  /// One word, as it is asked for, and as the names of its figures begin.
  String name();

  /// Takes minutes.
  List<Figure> measure(Workshop workshop) throws Exception;
}
