package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.run.backoff.Backoff;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.Persistence;
import io.multijob.sandbox.run.client.ResourcePath;
import io.multijob.sandbox.run.job.CompletionIndexes;
import io.multijob.sandbox.run.job.JobPlan;
import io.multijob.sandbox.run.job.JobPod;
import io.multijob.sandbox.run.job.JobSpec;
import io.multijob.sandbox.run.job.JobSpec.Suspension;
import io.multijob.sandbox.run.job.JobStatus;
import io.multijob.sandbox.run.job.JobStatus.Condition;
import io.multijob.sandbox.run.job.JobStatus.Progress;
import io.multijob.sandbox.run.job.PodTemplate;
import io.multijob.sandbox.run.job.Tally;
import io.multijob.sandbox.run.job.Verdict;
import io.multijob.sandbox.run.pod.PodIdentity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// One Job: what it has come to, and what is done for it. Used by the controller's thread only.
final class JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  /// After a pod could not be made. By then the watch has told if it was made after all.
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ApiClient client;
  private final Backoff backoff;
  private final PodIdentity identity; // of the Job, which is named like a pod
  private final Tally tally;

  private ObjectNode document;
  private Progress progress = Progress.none();
  private Verdict verdict = new Verdict.GoesOn(); // the first that was another stays
  private Optional<Instant> ended = Optional.empty();
  private ObjectNode reported = Json.object();

  /// @param tally of the Job's pods, kept up to date by the controller
  JobRun(ObjectNode document, Tally tally, ApiClient client, Backoff backoff) {
    this.document = document;
    this.tally = tally;
    this.identity = PodIdentity.of(document);
    this.client = client;
    this.backoff = backoff;
  }

  void changed(ObjectNode now) {
    document = now;
  }

  /// Looks at what is, and does what is missing.
  ///
  /// @return when to look again if nothing happens before
  Optional<Instant> reconcile(Instant now) throws InterruptedException {
    JobSpec spec = JobSpec.of(document);
    if (ended.isPresent()) {
      return expire(spec, ended.get(), now);
    }
    progress = begun(spec, now);
    JobPlan plan = JobPlan.of(spec, tally, progress.started().orElse(now), backoff, now);
    verdict = verdict instanceof Verdict.GoesOn ? plan.verdict() : verdict;
    for (JobPod pod : plan.delete()) {
      delete(pod);
    }
    boolean allCreated = create(plan.create(), spec);
    conclude(now);
    report(spec);
    Optional<Instant> retry = allCreated ? Optional.empty() : Optional.of(now.plus(RETRY));
    Optional<Instant> expiry = ended.flatMap(at -> spec.timeToLive().map(at::plus));
    return Stream.of(plan.next(), retry, expiry).flatMap(Optional::stream).min(Instant::compareTo);
  }

  private Progress begun(JobSpec spec, Instant now) {
    boolean rests = progress.holds("Suspended");
    if (spec.suspension() == Suspension.SUSPENDED) {
      return rests
          ? progress
          : progress
              .resting()
              .with(new Condition("Suspended", "True", "JobSuspended", "Job suspended", now));
    }
    if (rests) {
      return progress
          .started(now)
          .with(new Condition("Suspended", "False", "JobResumed", "Job resumed", now));
    }
    return progress.started().isPresent() ? progress : progress.started(now);
  }

  private void delete(JobPod pod) throws InterruptedException {
    String path = ResourcePath.pod(identity.namespace(), pod.name());
    ObjectNode options = Json.object().put("propagationPolicy", "Background");
    options.putObject("preconditions").put("uid", pod.uid());
    Persistence.untilAnswered(() -> client.delete(path, options));
    tally.discard(pod.uid());
  }

  /// @return whether all could be created
  private boolean create(int count, JobSpec spec) throws InterruptedException {
    for (OptionalInt index : CompletionIndexes.next(spec, tally, count)) {
      ObjectNode pod = PodTemplate.newPod(document, index);
      try {
        switch (client.create(ResourcePath.pods(identity.namespace()), pod)) {
          case Answer.Done(ObjectNode created) -> tally.put(JobPod.of(created));
          case Answer.Refused refused -> {
            LOG.atWarn()
                .addKeyValue("job", identity)
                .addKeyValue("reason", refused)
                .log("Pod of a Job was refused");
            return false;
          }
        }
      } catch (IOException e) {
        LOG.atDebug().setCause(e).addKeyValue("job", identity).log("Pod could not be created");
        return false;
      }
    }
    return true;
  }

  /// A Job that is decided is over when none of its pods is left running.
  private void conclude(Instant now) {
    if (verdict instanceof Verdict.Over over) {
      if (!progress.holds(over.target())) {
        progress = progress.with(condition(over.target(), over, now));
      }
      if (tally.isQuiet()) {
        progress = progress.with(condition(over.condition(), over, now));
        ended = Optional.of(now);
      }
    }
  }

  private static Condition condition(String type, Verdict.Over over, Instant now) {
    return new Condition(type, "True", over.reason(), over.message(), now);
  }

  private void report(JobSpec spec) throws InterruptedException {
    ObjectNode status = JobStatus.write(spec, tally, progress);
    if (status.equals(reported)) {
      return;
    }
    ObjectNode patch = Json.object();
    patch.putObject("metadata").put("uid", identity.uid());
    patch.set("status", status);
    String path = ResourcePath.job(identity.namespace(), identity.name()) + "/status";
    Answer answer = Persistence.untilAnswered(() -> client.patch(path, patch));
    if (answer instanceof Answer.Refused refused) {
      LOG.atWarn()
          .addKeyValue("job", identity)
          .addKeyValue("reason", refused)
          .log("Status of a Job was refused");
    }
    reported = status;
  }

  private Optional<Instant> expire(JobSpec spec, Instant ended, Instant now)
      throws InterruptedException {
    Optional<Instant> expiry = spec.timeToLive().map(ended::plus);
    if (expiry.isEmpty() || expiry.get().isAfter(now)) {
      return expiry;
    }
    ObjectNode options = Json.object().put("propagationPolicy", "Foreground");
    options.putObject("preconditions").put("uid", identity.uid());
    String path = ResourcePath.job(identity.namespace(), identity.name());
    Persistence.untilAnswered(() -> client.delete(path, options));
    return Optional.empty();
  }

  @Override
  public String toString() {
    return identity.toString();
  }
}
