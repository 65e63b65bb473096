package io.multijob.servo.stats;

import io.multijob.servo.measurement.Run;
import java.io.IOException;

/// Where runs go that are over. Called by many threads at once: what it does with one it can do
/// with many in one group.
public interface RunSink {

  /// True when this run, by its id, has been taken already, before a restart perhaps.
  boolean knows(Run run) throws IOException;

  /// Takes the run. When this returns, its report survives a crash; a second run of the same id
  /// changes nothing.
  ///
  /// @throws IOException if it cannot be kept now: it will be offered again
  void put(Run run) throws IOException, InterruptedException;
}
