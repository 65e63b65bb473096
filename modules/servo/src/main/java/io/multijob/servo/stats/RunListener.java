package io.multijob.servo.stats;

import io.multijob.servo.measurement.Run;
import io.multijob.servo.pod.Pod;

/// Is told what becomes of runs, for metrics. Called by many threads; must not block.
public interface RunListener {

  /// The sink has taken the run.
  void reported(Run run);

  /// The sink could not take the run; it will be offered again.
  ///
  /// @param failures in a row, of all runs
  void notTaken(Run run, Exception reason, int failures);

  /// Podmon's termination message in this pod cannot be read; the run is reported without it.
  void unreadable(Pod pod, String problem);

  /// The statistics of this pod did not come before the deadline.
  void overdue(Pod pod);
}
