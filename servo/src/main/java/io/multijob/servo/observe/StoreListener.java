package io.multijob.servo.observe;

import io.multijob.servo.measurement.Run;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.stats.RunListener;

/// Counts what becomes of runs, and tells health whether they can be stored.
///
/// @param metrics counts
/// @param health is told of failures in a row
public record StoreListener(ServoMetrics metrics, Health health) implements RunListener {

  @Override
  public void reported(Run run) {
    metrics.reported(run);
    health.storing(0);
  }

  @Override
  public void notTaken(Run run, Exception reason, int failures) {
    metrics.notTaken(run, reason, failures);
    health.storing(failures);
  }

  @Override
  public void unreadable(Pod pod, String problem) {
    metrics.unreadable(pod, problem);
  }

  @Override
  public void overdue(Pod pod) {
    metrics.overdue(pod);
  }
}
