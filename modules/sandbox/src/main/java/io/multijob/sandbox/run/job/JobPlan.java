package io.multijob.sandbox.run.job;

import io.multijob.sandbox.run.backoff.Backoff;
import io.multijob.sandbox.run.job.JobSpec.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a Job needs now.
///
/// @param create how many pods more
/// @param delete those that are too many
/// @param next when time alone changes the answer
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/controllers/job/">Jobs</a>
public record JobPlan(Verdict verdict, int create, List<JobPod> delete, Optional<Instant> next) {

  public JobPlan {
    delete = List.copyOf(delete);
  }

  /// Decides.
  ///
  /// @param started when the Job did, or was resumed
  /// @param backoff the pause after failures in a row
  public static JobPlan of(
      JobSpec spec, Tally tally, Instant started, Backoff backoff, Instant now) {
    Optional<Instant> deadline = spec.activeDeadline().map(started::plus);
    Verdict verdict = verdict(spec, tally, deadline, now);
    if (!(verdict instanceof Verdict.GoesOn)) {
      return new JobPlan(verdict, 0, tally.active(), Optional.empty());
    }
    if (spec.suspension() == Suspension.SUSPENDED) {
      return new JobPlan(verdict, 0, tally.active(), Optional.empty());
    }
    int missing = wanted(spec, tally) - tally.active().size();
    if (missing < 0) {
      return new JobPlan(verdict, 0, surplus(tally, -missing), deadline);
    }
    Duration pause = backoff.afterFailures(tally.failuresInRow());
    Instant due = tally.lastFailure().plus(pause);
    if (missing > 0 && now.isBefore(due)) {
      return new JobPlan(verdict, 0, List.of(), earliest(Optional.of(due), deadline));
    }
    return new JobPlan(verdict, missing, List.of(), deadline);
  }

  private static Verdict verdict(
      JobSpec spec, Tally tally, Optional<Instant> deadline, Instant now) {
    if (tally.failed() > spec.backoffLimit()
        || tally.restarts() >= Math.max(1, spec.backoffLimit())) {
      return Verdict.failed("BackoffLimitExceeded", "Job has reached the specified backoff limit");
    }
    if (deadline.filter(at -> !now.isBefore(at)).isPresent()
        && spec.suspension() == Suspension.ACTIVE) {
      return Verdict.failed("DeadlineExceeded", "Job was active longer than specified deadline");
    }
    int succeeded = tally.succeeded(spec.mode());
    boolean complete =
        spec.completions().isPresent()
            ? succeeded >= spec.completions().getAsInt()
            : succeeded > 0 && tally.active().isEmpty();
    return complete ? Verdict.complete() : new Verdict.GoesOn();
  }

  private static int wanted(JobSpec spec, Tally tally) {
    int succeeded = tally.succeeded(spec.mode());
    if (spec.completions().isPresent()) {
      return Math.min(spec.completions().getAsInt() - succeeded, spec.parallelism());
    }
    return succeeded > 0 ? Math.min(tally.active().size(), spec.parallelism()) : spec.parallelism();
  }

  /// Those that are not ready first.
  private static List<JobPod> surplus(Tally tally, int count) {
    return tally.active().stream()
        .sorted(Comparator.comparing(JobPod::health).reversed().thenComparing(JobPod::name))
        .limit(count)
        .toList();
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    return Stream.concat(one.stream(), other.stream()).min(Comparator.naturalOrder());
  }
}
