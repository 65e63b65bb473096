package io.multijob.sandbox.run.job;

import io.multijob.sandbox.run.job.JobSpec.Mode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableSet;
import java.util.OptionalInt;

/// The numbers of an indexed Job's pods.
public final class CompletionIndexes {
  private CompletionIndexes() {}

  /// Those of the next `count` pods: the lowest that have neither succeeded nor run now. Pods of
  /// other Jobs have none.
  public static List<OptionalInt> next(JobSpec spec, Tally tally, int count) {
    if (spec.mode() == Mode.NON_INDEXED) {
      return Collections.nCopies(count, OptionalInt.empty());
    }
    NavigableSet<Integer> taken = tally.succeededIndexes();
    taken.addAll(tally.activeIndexes());
    List<OptionalInt> next = new ArrayList<>();
    for (int index = 0; next.size() < count; index++) {
      if (!taken.contains(index)) {
        next.add(OptionalInt.of(index));
      }
    }
    return next;
  }
}
