package io.multijob.servo.pod;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Finds the name under which what made a pod is known from one run to the next.
///
/// A CronJob's Jobs are called by its name and their time: in minutes since the epoch, in seconds
/// before Kubernetes 1.21
/// ([getJobName](https://github.com/kubernetes/kubernetes/blob/master/pkg/controller/cronjob/utils.go)).
/// Workflow engines label their pods with what a person wrote; without such a label the random end
/// that `generateName` gave the workflow is taken off.
public final class StableOwner {

  /// A label that names what made a pod, and the one beside it that names the pod's part in that.
  ///
  /// @param part empty where there is none
  public record NamingLabel(String label, String part) {}

  /// One label and the kind of thing that it names. The first that a pod has counts.
  private record Marker(String label, String kind) {}

  private static final List<Marker> MARKERS =
      List.of(
          new Marker("workflows.argoproj.io/cron-workflow", "CronWorkflow"),
          new Marker("workflows.argoproj.io/workflow-template", "WorkflowTemplate"),
          new Marker("workflows.argoproj.io/cluster-workflow-template", "ClusterWorkflowTemplate"),
          new Marker("tekton.dev/pipeline", "Pipeline"),
          new Marker("tekton.dev/task", "Task"),
          new Marker("jobset.sigs.k8s.io/jobset-name", "JobSet"),
          new Marker("dag_id", "DAG"),
          new Marker("nextflow.io/processName", "Process"));

  /// What tells the parts of one workflow from each other, by the kind of workflow.
  private static final Map<String, String> PART_LABELS =
      Map.of("Pipeline", "tekton.dev/pipelineTask", "DAG", "task_id");

  private static final Set<String> MARKER_LABELS =
      Stream.concat(MARKERS.stream().map(Marker::label), PART_LABELS.values().stream())
          .collect(Collectors.toUnmodifiableSet());

  private static final Set<String> WORKFLOW_KINDS =
      Set.of("Workflow", "PipelineRun", "TaskRun", "JobSet");

  private static final Pattern CRON_JOB = Pattern.compile("(.+)-(\\d{8}|\\d{10})");

  /// What `generateName` puts after a name.
  private static final String GENERATED_END = "-[bcdfghjklmnpqrstvwxz2456789]{5}";

  /// The letters that the API server makes names of: no vowels, and no digits that look like them.
  private static final Pattern GENERATED = Pattern.compile("(.+)" + GENERATED_END);

  /// The minutes since the epoch that can be in a Job's name: from August 2015 to February 2103.
  public static final long FIRST_CRON_MINUTE = 24_000_000;

  public static final long LAST_CRON_MINUTE = 70_000_000;

  private static final long SECONDS_PER_MINUTE = 60;

  private StableOwner() {}

  /// The labels that are looked at: a reader need not keep the others.
  public static boolean isMarker(String label) {
    return MARKER_LABELS.contains(label);
  }

  /// The labels that name what made a pod, in the order in which they count.
  public static List<NamingLabel> namingLabels() {
    return MARKERS.stream()
        .map(marker -> new NamingLabel(marker.label(), PART_LABELS.getOrDefault(marker.kind(), "")))
        .toList();
  }

  /// The kinds whose names may have a generated end, which is taken off.
  public static List<String> workflowKinds() {
    return WORKFLOW_KINDS.stream().sorted().toList();
  }

  /// The generated end of a name, as a regular expression.
  public static String generatedEnd() {
    return GENERATED_END;
  }

  /// What made a pod, under its stable name.
  ///
  /// @param owner the pod's controller as its `ownerReferences` name it, or [Owner#NONE]
  /// @param labels the pod's, at least those that are markers
  public static Owner of(Owner owner, Map<String, String> labels) {
    return byLabel(labels)
        .orElseGet(() ->
            switch (owner.kind()) {
              case "Job" -> job(owner);
              case String kind when WORKFLOW_KINDS.contains(kind) -> workflow(owner);
              default -> owner;
            });
  }

  private static Optional<Owner> byLabel(Map<String, String> labels) {
    if (labels.isEmpty()) {
      return Optional.empty();
    }
    for (Marker marker : MARKERS) {
      String name = labels.getOrDefault(marker.label(), "");
      if (!name.isEmpty()) {
        String part = labels.getOrDefault(PART_LABELS.getOrDefault(marker.kind(), ""), "");
        return Optional.of(new Owner(marker.kind(), part.isEmpty() ? name : name + "." + part));
      }
    }
    return Optional.empty();
  }

  private static Owner job(Owner job) {
    Matcher matcher = CRON_JOB.matcher(job.name());
    if (matcher.matches() && isTime(matcher.group(2))) {
      return new Owner("CronJob", matcher.group(1));
    }
    return job;
  }

  private static boolean isTime(String digits) {
    long number = Long.parseLong(digits);
    long minute = digits.length() == 8 ? number : number / SECONDS_PER_MINUTE;
    return minute >= FIRST_CRON_MINUTE && minute <= LAST_CRON_MINUTE;
  }

  private static Owner workflow(Owner owner) {
    Matcher matcher = GENERATED.matcher(owner.name());
    return matcher.matches() ? new Owner(owner.kind(), matcher.group(1)) : owner;
  }
}
