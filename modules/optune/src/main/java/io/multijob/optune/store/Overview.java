package io.multijob.optune.store;

import java.util.List;

/// Apps and what they cost together, all read at one moment.
///
/// @param last the number of the newest run that is counted in here, 0 when there is none
/// @param total how many apps there are
/// @param all the runs of all apps in the window
/// @param apps those asked for, the one with the newest run first
public record Overview(long last, long total, Summary all, List<AppSummary> apps) {
  public Overview {
    apps = List.copyOf(apps);
  }
}
