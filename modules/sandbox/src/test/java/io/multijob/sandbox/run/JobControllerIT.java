package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Jobs whose pods are real processes.
@Timeout(60)
final class JobControllerIT {
  private Cluster cluster;

  @BeforeEach
  void startCluster(@TempDir Path directory) throws Exception {
    cluster = Cluster.start(RunnerConfig.in(directory));
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
    assertThat(ControlGroups.ofThisProcess()).isEmpty();
  }

  @Test
  void asManyPodsAsItShouldHaveSucceedAndNoMoreAtOnceThanItMayHave() throws Exception {
    try (Cluster.Sight pods = cluster.new Sight(Cluster.PODS)) {
      cluster.createJob(
          "mails", "completions: 6\nparallelism: 2\n" + template("Never", "sleep 0.1"));

      ObjectNode job = cluster.awaitJob("mails", each -> holds(each, "Complete"));

      assertThat(job.path("status").path("succeeded").asInt()).isEqualTo(6);
      assertThat(job.path("status").has("active")).isFalse();
      assertThat(job.path("status").has("completionTime")).isTrue();
      pods.until(seen -> {
        assertThat(unended(seen)).hasSizeLessThanOrEqualTo(2);
        return seen.size() == 6 && unended(seen).isEmpty();
      });
    }
  }

  @Test
  void itsPodsAreNamedLabelledAndOwned() throws Exception {
    try (Cluster.Sight pods = cluster.new Sight(Cluster.PODS)) {
      cluster.createJob("report", template("Never", "true"));
      String uid = Json.text(cluster.get(Cluster.JOBS + "/report"), "metadata", "uid");

      ObjectNode pod = pods.until(seen -> !seen.isEmpty()).values().iterator().next();

      JsonNode meta = pod.path("metadata");
      assertThat(Json.text(meta, "name")).matches("report-[a-z0-9]{5}");
      assertThat(meta.path("labels").propertyStream().map(Map.Entry::toString))
          .contains(
              "batch.kubernetes.io/job-name=\"report\"",
              "batch.kubernetes.io/controller-uid=\"" + uid + "\"",
              "job-name=\"report\"",
              "controller-uid=\"" + uid + "\"");
      JsonNode owner = meta.path("ownerReferences").get(0);
      assertThat(Json.text(owner, "kind")).isEqualTo("Job");
      assertThat(Json.text(owner, "uid")).isEqualTo(uid);
      assertThat(owner.path("controller").asBoolean()).isTrue();
    }
  }

  @Test
  void whatFailsTooOftenFailsForGood() throws Exception {
    cluster.createJob("feed", "backoffLimit: 1\n" + template("Never", "exit 3"));

    ObjectNode job = cluster.awaitJob("feed", each -> holds(each, "Failed"));

    assertThat(job.path("status").path("failed").asInt()).isEqualTo(2);
    assertThat(reason(job, "Failed")).isEqualTo("BackoffLimitExceeded");
    assertThat(reason(job, "FailureTarget")).isEqualTo("BackoffLimitExceeded");
  }

  @Test
  void whatTakesTooLongFailsAndItsPodsEnd() throws Exception {
    cluster.createJob("slow", "activeDeadlineSeconds: 1\n" + template("Never", "sleep 600"));

    ObjectNode job = cluster.awaitJob("slow", each -> holds(each, "Failed"));

    assertThat(reason(job, "Failed")).isEqualTo("DeadlineExceeded");
    try (Cluster.Sight pods = cluster.new Sight(Cluster.PODS)) {
      pods.until(Map::isEmpty);
    }
  }

  @Test
  void aSuspendedJobRestsUntilItIsResumed() throws Exception {
    cluster.createJob("resting", "suspend: true\n" + template("Never", "true"));
    ObjectNode resting = cluster.awaitJob("resting", each -> holds(each, "Suspended"));
    assertThat(resting.path("status").has("startTime")).isFalse();

    cluster.patch(Cluster.JOBS + "/resting", "{spec: {suspend: false}}");

    ObjectNode job = cluster.awaitJob("resting", each -> holds(each, "Complete"));
    assertThat(holds(job, "Suspended")).isFalse();
    assertThat(reason(job, "Suspended")).isEqualTo("JobResumed");
  }

  @Test
  void anIndexedJobRunsEachNumberOnce() throws Exception {
    cluster.createJob(
        "parts",
        "completionMode: Indexed\ncompletions: 3\nparallelism: 3\n"
            + template("Never", "echo $JOB_COMPLETION_INDEX"));

    ObjectNode job = cluster.awaitJob("parts", each -> holds(each, "Complete"));

    assertThat(Json.text(job, "status", "completedIndexes")).isEqualTo("0-2");
  }

  @Test
  void aJobThatHasEndedGoesWhenItsTimeIsOver() throws Exception {
    cluster.createJob("brief", "ttlSecondsAfterFinished: 0\n" + template("Never", "true"));

    try (Cluster.Sight jobs = cluster.new Sight(Cluster.JOBS);
        Cluster.Sight pods = cluster.new Sight(Cluster.PODS)) {
      jobs.until(seen -> !seen.containsKey("brief"));
      pods.until(Map::isEmpty);
    }
  }

  private static List<ObjectNode> unended(Map<String, ObjectNode> pods) {
    return pods.values().stream().filter(pod -> !Cluster.hasEnded(pod)).toList();
  }

  private static boolean holds(JsonNode job, String condition) {
    return conditions(job, condition).stream()
        .anyMatch(each -> Json.text(each, "status").equals("True"));
  }

  private static String reason(JsonNode job, String condition) {
    return Json.text(conditions(job, condition).getFirst(), "reason");
  }

  private static List<JsonNode> conditions(JsonNode job, String type) {
    return Json.at(job, "status", "conditions")
        .valueStream()
        .filter(each -> Json.text(each, "type").equals(type))
        .toList();
  }

  private static String template(String restartPolicy, String script) {
    return """
    template:
      spec:
        restartPolicy: %s
        containers: [{name: main, image: busybox, command: [sh, -c, "%s"]}]
    """
        .formatted(restartPolicy, script);
  }
}
