package io.multijob.bench;

import java.nio.file.Path;
import java.time.Duration;

/// Where benches work.
///
/// @param project the folder of the project
/// @param directory for files that are needed as long as the run lasts
/// @param rounds how often each measurement is repeated, beside the others in turn
/// @param begun when the run began, as [System#nanoTime()]
public record Workshop(Path project, Path directory, int rounds, long begun) {

  /// Tells a person how things go.
  public void tell(String line) {
    Duration since = Duration.ofNanos(System.nanoTime() - begun);
    System.err.printf("%3d:%02d  %s%n", since.toMinutes(), since.toSecondsPart(), line);
  }
}
