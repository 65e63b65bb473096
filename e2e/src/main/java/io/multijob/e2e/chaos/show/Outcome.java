package io.multijob.e2e.chaos.show;

import io.multijob.e2e.chaos.ledger.Course;
import io.multijob.e2e.chaos.ledger.Rules;
import io.multijob.e2e.chaos.ledger.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How the trial ended.
///
/// @param backlogs what the service found when it came back from a long absence; mostly none
/// @param problems what else went wrong that should not have
public record Outcome(
    Verdict verdict,
    Course course,
    Rules rules,
    Proceedings proceedings,
    List<Backlog> backlogs,
    List<String> problems) {

  public Outcome {
    backlogs = List.copyOf(backlogs);
    problems = List.copyOf(problems);
  }

  /// What was done.
  ///
  /// @param strikes how often each fault struck, by its name
  /// @param making from the first pod to the last
  /// @param took from the first pod to the last report
  public record Proceedings(
      long seed, Map<String, Integer> strikes, Duration making, Duration took) {}

  public boolean passed() {
    return verdict.passed() && problems.isEmpty();
  }
}
