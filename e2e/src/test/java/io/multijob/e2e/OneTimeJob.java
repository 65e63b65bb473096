package io.multijob.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.function.Predicate;

/// The manifest of a Job whose pods are like one [OneTimePod], and of a CronJob that makes such
/// Jobs every minute.
///
/// @param spec the fields of its spec beside the template
record OneTimeJob(OneTimePod pod, YamlFields spec) {
  private static final int INDENT = 2;

  /// A Job of that pod's name and app id that is not tried again when it fails.
  static OneTimeJob of(OneTimePod pod) {
    return new OneTimeJob(pod, YamlFields.of("backoffLimit: 0"));
  }

  /// With these fields of its spec, such as `completions: 6`, in place of those of the same names.
  OneTimeJob spec(String... fields) {
    return new OneTimeJob(pod, spec.with(fields));
  }

  String name() {
    return pod.name();
  }

  String yaml() {
    return """
    apiVersion: batch/v1
    kind: Job
    metadata: {name: %s}
    spec:
    """
            .formatted(name())
        + jobSpec().indent(INDENT);
  }

  /// The same as a CronJob's yaml, which makes its first Job at the next full minute.
  String everyMinuteYaml() {
    return """
    apiVersion: batch/v1
    kind: CronJob
    metadata: {name: %s}
    spec:
      schedule: "* * * * *"
      jobTemplate:
        spec:
    """
            .formatted(name())
        + jobSpec().indent(3 * INDENT);
  }

  /// Tells the pods of this CronJob, or of any Job whose name begins with its name.
  static Predicate<Pod> isRunOf(OneTimeJob job) {
    return pod ->
        pod.getMetadata().getOwnerReferences().stream()
            .anyMatch(owner -> owner.getName().startsWith(job.name() + "-"));
  }

  private String jobSpec() {
    return spec.yaml() + "template:\n" + ("spec:\n" + pod.podSpec().indent(INDENT)).indent(INDENT);
  }
}
