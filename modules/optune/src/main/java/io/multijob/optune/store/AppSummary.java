package io.multijob.optune.store;

import io.multijob.optune.run.AppKey;
import io.multijob.optune.run.Ending;
import java.time.Instant;

/// An app and what its runs in a window cost.
///
/// @param last its newest run, in the window or before
/// @param resources what its last run that said so asked for: the `resources` of Kubernetes as
///   JSON, or an empty object
/// @param recent its last runs, in the window or before
/// @param summary of the runs in the window
public record AppSummary(
    AppKey app, LastRun last, String resources, RecentRuns recent, Summary summary) {

  /// The newest run of an app.
  ///
  /// @param number its place in the order of arrival
  /// @param ended when it ended, as [io.multijob.optune.run.Run#ended()] tells it
  /// @param reason empty when none was given
  public record LastRun(long number, String id, Instant ended, Ending ending, String reason) {}
}
