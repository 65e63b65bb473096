package io.multijob.e2e.chaos.show;

import io.multijob.e2e.chaos.ledger.Course;
import io.multijob.e2e.chaos.ledger.Rules;
import io.multijob.e2e.chaos.ledger.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// How the trial ended.
///
/// @param strikes how often each fault struck, by its name
/// @param took from the first pod to the last report
/// @param problems what else went wrong that should not have
public record Outcome(
    Verdict verdict,
    Course course,
    Rules rules,
    long seed,
    Map<String, Integer> strikes,
    Duration took,
    List<String> problems) {

  public Outcome {
    problems = List.copyOf(problems);
  }

  public boolean passed() {
    return verdict.passed() && problems.isEmpty();
  }
}
