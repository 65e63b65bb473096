package io.multijob.servo.stats;

import io.multijob.servo.measurement.Run;
import java.io.IOException;
import java.util.function.Predicate;

/// Where runs go that are over. Called by many threads at once: what it does with one it can do
/// with many in one group.
public interface RunSink {

  /// True when this run, by its id, has been taken already, before a restart perhaps.
  boolean knows(Run run) throws IOException;

  /// Keeps a run to which figures may still come, for the case that we are not there to put it.
  /// When this returns, that survives a crash; for a run that was put it changes nothing.
  ///
  /// @throws IOException if it cannot be kept now
  void keep(Run run) throws IOException, InterruptedException;

  /// Takes the runs that an earlier servo kept and nobody will put any more, as they were kept.
  ///
  /// @param tracked true for the id of a run that will be put
  void takeKept(Predicate<String> tracked) throws IOException, InterruptedException;

  /// Takes the run. When this returns, its report survives a crash; a second run of the same id
  /// changes nothing.
  ///
  /// @throws IOException if it cannot be kept now: it will be offered again
  void put(Run run) throws IOException, InterruptedException;
}
