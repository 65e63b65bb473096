package io.multijob.servo.stats;

import java.util.ArrayList;
import java.util.List;

/// What is to be handed over after a look at some pods.
///
/// @param waiting runs that are over, to be kept while they wait for figures
/// @param asked runs whose nodes are to be asked for samples
record Due(List<EndedRun> waiting, List<EndedRun> asked, List<CompleteRun> complete) {
  Due() {
    this(new ArrayList<>(1), new ArrayList<>(0), new ArrayList<>(1));
  }
}
