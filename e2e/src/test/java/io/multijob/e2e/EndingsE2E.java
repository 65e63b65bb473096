package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.service.Report;
import io.multijob.protocol.Annotation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// How a run ended, for each way in which the cluster ends one. All at once, for the cluster takes
/// its time; at the end each has been reported once, and nothing else.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class EndingsE2E {
  @RegisterExtension static final Stand STAND = Stand.watchingOneNamespace("endings");

  private static final String FOREVER = "sleep 3600";
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final Duration TIME = Stand.REPORT_TIME;
  private static final Duration CRON_TIME = Duration.ofSeconds(60).plus(TIME);

  @AfterAll
  static void eachWasReportedOnceAndNothingElse() throws Exception {
    STAND.holdThatEachWasReportedOnce();
  }

  @Test
  void completed() throws Exception {
    String uid = STAND.create(OneTimePod.named("completes").command("sleep 1.5"));

    Report report = STAND.onlyReportByTheKubelet(uid);

    assertEnded(report, "Completed", "0");
    assertThat(report.duration()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
    assertThat(report.appId()).isEqualTo("completes");
    assertThat(report.received().key()).isEqualTo(uid);
    assertThat(report.annotation(Annotation.APP_ID)).isEqualTo("completes");
    assertThat(report.annotation(Annotation.POD)).isEqualTo("completes");
    assertThat(report.annotation(Annotation.NAMESPACE)).isEqualTo(STAND.namespace().name());
    assertThat(report.annotation(Annotation.OWNER)).isEmpty();
    assertThat(report.annotation(Annotation.STATS)).isEqualTo("none");
  }

  @Test
  void toldWhenItCameToBe() throws Exception {
    String uid = STAND.create(OneTimePod.named("waits").init("first", "sleep 1"));

    Report report = STAND.onlyReportByTheKubelet(uid);

    Pod pod = STAND.witness().awaitEnd(uid, TIME);
    assertThat(report.annotation(Annotation.NODE)).isEqualTo(pod.getSpec().getNodeName());
    assertThat(report.annotation(Annotation.CREATED))
        .isEqualTo(pod.getMetadata().getCreationTimestamp());
    assertThat(report.annotation(Annotation.SCHEDULED)).isEqualTo(since(pod, "PodScheduled"));
    assertThat(report.annotation(Annotation.INITIALIZED)).isEqualTo(since(pod, "Initialized"));
    assertThat(Instant.parse(report.annotation(Annotation.INITIALIZED)))
        .isAfter(Instant.parse(report.annotation(Annotation.SCHEDULED)));
  }

  @Test
  void failedWithItsCode() throws Exception {
    String uid = STAND.create(OneTimePod.named("fails").command("exit 3"));

    assertEnded(STAND.onlyReportByTheKubelet(uid), "Error", "3");
  }

  @Test
  void aTenthOfASecond() throws Exception {
    String uid = STAND.create(OneTimePod.named("short").command("sleep 0.1"));

    assertEnded(STAND.onlyReportByTheKubelet(uid), "Completed", "0");
  }

  @Test
  void killedForItsMemory() throws Exception {
    String uid =
        STAND.create(
            OneTimePod.named("oom")
                .command("exec tail /dev/zero")
                .container("resources: {limits: {memory: 32Mi}}"));

    Report report = STAND.onlyReportByTheKubelet(uid);

    assertEnded(report, "OOMKilled", "137");
    assertThat(report.annotation(Annotation.RESOURCES)).contains("\"limits\":{\"memory\":\"32Mi\"");
  }

  @Test
  void completedThoughAChildWasKilledForItsMemory() throws Exception {
    String uid =
        STAND.create(
            OneTimePod.named("oom-child")
                .command("tail /dev/zero; echo went on")
                .container("resources: {limits: {memory: 32Mi}}"));

    assertEnded(STAND.onlyReportByTheKubelet(uid), "Completed", "0");
  }

  @Test
  void pastThePodsDeadline() throws Exception {
    String uid =
        STAND.create(
            OneTimePod.named("deadline").command(FOREVER).spec("activeDeadlineSeconds: 2"));

    Report report = STAND.onlyReportByTheKubelet(uid);

    assertEnded(report, "DeadlineExceeded", "137");
    assertThat(report.duration()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  /// The Job's controller deletes the pod, and nothing in the pod says why.
  @Test
  void pastTheJobsDeadline() throws Exception {
    OneTimePod pod = OneTimePod.named("job-deadline").command(FOREVER);
    STAND.create(OneTimeJob.of(pod).spec("activeDeadlineSeconds: 5"));

    Report report = STAND.onlyReportByTheKubelet(STAND.onlyPodOf("job-deadline"));

    assertEnded(report, "Deleted", "137");
    assertThat(report.annotation(Annotation.OWNER)).isEqualTo("Job/job-deadline");
  }

  @Test
  void sixCompletionsOfOneJobTwoAtATime() throws Exception {
    OneTimePod pod = OneTimePod.named("six").command("sleep 0.5");
    STAND.create(OneTimeJob.of(pod).spec("completions: 6", "parallelism: 2"));

    List<String> uids = STAND.podsOf("six", 6);

    for (String uid : uids) {
      Report report = STAND.onlyReportByTheKubelet(uid);
      assertEnded(report, "Completed", "0");
      assertThat(report.annotation(Annotation.OWNER)).isEqualTo("Job/six");
    }
  }

  @Test
  void aJobsPodThatFailedAndTheOneThatWasTriedAfterIt() throws Exception {
    OneTimePod pod = OneTimePod.named("again").command("exit 7");
    STAND.create(OneTimeJob.of(pod).spec("backoffLimit: 1"));

    for (String uid : STAND.podsOf("again", 2)) {
      assertEnded(STAND.onlyReportByTheKubelet(uid), "Error", "7");
    }
  }

  @Test
  void imageThatCannotBePulledThenDeleted() throws Exception {
    String uid = STAND.create(unpullable("no-image"));
    awaitObstacle(uid, "ErrImagePull", "ImagePullBackOff");

    STAND.namespace().deletePod("no-image", GRACE);

    assertNeverRan(STAND.onlyReportOf(uid), "ErrImagePull", "ImagePullBackOff");
  }

  @Test
  void imageThatCannotBePulledUntilTheJobsDeadline() throws Exception {
    STAND.create(OneTimeJob.of(unpullable("job-no-image")));
    String uid = STAND.onlyPodOf("job-no-image");
    awaitObstacle(uid, "ErrImagePull", "ImagePullBackOff");

    STAND.namespace().reachDeadlineOfJob("job-no-image");

    Report report = STAND.onlyReportOf(uid);

    assertNeverRan(report, "ErrImagePull", "ImagePullBackOff");
    assertThat(report.annotation(Annotation.OWNER)).isEqualTo("Job/job-no-image");
  }

  @Test
  void imageThatCannotBePulledUntilThePodsDeadline() throws Exception {
    String uid = STAND.create(unpullable("no-image-in-time").spec("activeDeadlineSeconds: 3"));

    assertNeverRan(STAND.onlyReportOf(uid), "DeadlineExceeded");
  }

  @Test
  void refusedByTheKubelet() throws Exception {
    String other = STAND.create(OneTimePod.named("finds-a-node"));
    String node = STAND.witness().awaitEnd(other, TIME).getSpec().getNodeName();

    String uid =
        STAND.create(
            OneTimePod.named("too-large")
                .spec("nodeName: '%s'".formatted(node))
                .container("resources: {requests: {cpu: 10000}}"));

    assertNeverRan(STAND.onlyReportOf(uid), "OutOfcpu");
  }

  @Test
  void configurationThatIsNotThereThenDeleted() throws Exception {
    String uid =
        STAND.create(
            OneTimePod.named("no-config")
                .container("envFrom: [{configMapRef: {name: not-there}}]"));
    awaitObstacle(uid, "CreateContainerConfigError");

    STAND.namespace().deletePod("no-config", GRACE);

    assertNeverRan(STAND.onlyReportOf(uid), "CreateContainerConfigError");
  }

  @Test
  void unschedulableThenDeleted() throws Exception {
    String uid =
        STAND.create(OneTimePod.named("nowhere").spec("nodeSelector: {e2e/no-such-node: yes}"));
    STAND.witness().await(uid, "to be unschedulable", TIME, EndingsE2E::isUnschedulable);

    STAND.namespace().deletePod("nowhere", GRACE);

    Report report = STAND.onlyReportOf(uid);
    assertNeverRan(report, "Unschedulable");
    assertThat(report.failure()).contains("node affinity/selector");
    assertThat(report.annotation(Annotation.NODE)).isEmpty();
  }

  @Test
  void deletedWhilePending() throws Exception {
    String uid =
        STAND.create(
            OneTimePod.named("pending")
                .spec("volumes: [{name: data, configMap: {name: not-there}}]")
                .container("volumeMounts: [{name: data, mountPath: /data}]"));
    STAND.witness().await(uid, "to have a status", TIME, pod -> !statuses(pod).isEmpty());

    STAND.namespace().deletePod("pending", GRACE);

    assertNeverRan(STAND.onlyReportOf(uid), "Deleted");
  }

  @Test
  void deletedAsSoonAsItWasThere() throws Exception {
    String uid = STAND.create(OneTimePod.named("hardly").command(FOREVER));

    STAND.namespace().deletePod("hardly", Duration.ZERO);

    assertThat(STAND.onlyReportOf(uid).annotation(Annotation.REASON)).isEqualTo("Deleted");
  }

  @Test
  void deletedWhileRunning() throws Exception {
    String uid = STAND.create(OneTimePod.named("deleted").command(FOREVER));
    awaitRunning(uid);

    STAND.namespace().deletePod("deleted", GRACE);

    assertEnded(STAND.onlyReportByTheKubelet(uid), "Deleted", "137");
  }

  @Test
  void deletedWhileRunningAndDoneInTime() throws Exception {
    String uid =
        STAND.create(
            OneTimePod.named("obeys").command("trap 'exit 0' TERM; while :; do sleep 0.1; done"));
    awaitRunning(uid);

    STAND.namespace().deletePod("obeys", Duration.ofSeconds(30));

    assertEnded(STAND.onlyReportByTheKubelet(uid), "Completed", "0");
  }

  /// Nobody waits for the kubelet, so that nobody ever tells the end.
  @Test
  void deletedByForceWhileRunning() throws Exception {
    String uid = STAND.create(OneTimePod.named("forced").command(FOREVER));
    Instant started = awaitRunning(uid);

    Instant before = Instant.now();
    STAND.namespace().deletePod("forced", Duration.ZERO);

    Report report = STAND.onlyReportOf(uid);
    assertThat(report.annotation(Annotation.REASON)).isEqualTo("Deleted");
    assertThat(report.annotation(Annotation.EXITCODE)).isEmpty();
    assertThat(report.annotation(Annotation.TIMES)).isEqualTo("servo");
    assertThat(report.started()).isEqualTo(started);
    assertThat(report.finished()).isBetween(before, report.received().at());
  }

  @Test
  void evictedByTheApi() throws Exception {
    String uid = STAND.create(OneTimePod.named("evicted").command(FOREVER));
    awaitRunning(uid);

    STAND.namespace().evictPod("evicted");

    assertEnded(STAND.onlyReportByTheKubelet(uid), "Evicted", "137");
  }

  /// The kubelet removes an evicted pod's containers at once, sometimes before it has looked at how
  /// they ended.
  @Test
  void evictedByTheKubeletForTheDiskItUsed() throws Exception {
    String uid =
        STAND.create(
            OneTimePod.named("disk")
                .command("dd if=/dev/zero of=/data/much bs=1M count=20; " + FOREVER)
                .spec("volumes: [{name: data, emptyDir: {sizeLimit: 1Mi}}]")
                .container("volumeMounts: [{name: data, mountPath: /data}]"));
    Instant started = awaitRunning(uid);

    Report report = STAND.onlyReportOf(uid);

    assertThat(report.annotation(Annotation.REASON)).isEqualTo("Evicted");
    assertThat(report.annotation(Annotation.EXITCODE)).isIn("137", "");
    assertThat(report.message()).contains("exceeds the limit");
    assertThat(report.started()).isEqualTo(started);
    assertThat(report.finished()).isBetween(started, report.received().at());
  }

  @Test
  void aCommandThatIsNotThere() throws Exception {
    String uid = STAND.create(OneTimePod.named("no-command").container("command: [not-there]"));

    Report report = STAND.onlyReportOf(uid);

    assertNeverRan(report, "StartError");
    assertThat(report.annotation(Annotation.EXITCODE)).isEqualTo("128");
    assertThat(report.failure()).contains("not-there");
  }

  @Test
  void anInitContainerThatFailed() throws Exception {
    String uid = STAND.create(OneTimePod.named("init-fails").init("first", "exit 4"));

    Report report = STAND.onlyReportOf(uid);

    assertNeverRan(report, "Init:Error");
    assertThat(report.failure()).contains("first exited with 4");
  }

  @Test
  void anotherContainerStillRuns() throws Exception {
    String uid = STAND.create(OneTimePod.named("leads").beside("helper", FOREVER));

    Report report = STAND.onlyReportByTheKubelet(uid);

    assertEnded(report, "Completed", "0");
    assertThat(report.annotation(Annotation.CONTAINERS))
        .contains("{\"name\":\"helper\",\"state\":\"running\"}");
    STAND.namespace().deletePod("leads", GRACE);
    STAND.witness().awaitGone(uid, TIME);
  }

  @Test
  void anotherContainerEndedBefore() throws Exception {
    String uid =
        STAND.create(OneTimePod.named("lasts").command("sleep 3").beside("helper", "exit 9"));

    Report report = STAND.onlyReportByTheKubelet(uid);

    assertEnded(report, "Completed", "0");
    assertThat(report.duration()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    assertThat(report.annotation(Annotation.CONTAINERS))
        .contains("{\"name\":\"helper\",\"state\":\"ended\",\"exitcode\":9}");
  }

  @Test
  void ofACronJob() throws Exception {
    OneTimeJob job = OneTimeJob.of(OneTimePod.named("nightly").command("sleep 0.5"));
    STAND.namespace().create(job.everyMinuteYaml());
    Pod pod = STAND.witness().await("of CronJob nightly", CRON_TIME, OneTimeJob.isRunOf(job));

    Report report = STAND.onlyReportByTheKubelet(pod.getMetadata().getUid());

    STAND.namespace().deleteCronJob("nightly");
    assertEnded(report, "Completed", "0");
    assertThat(report.annotation(Annotation.OWNER)).isEqualTo("CronJob/nightly");
  }

  @Test
  void podsThatAreNotOursAreNeverReported() throws Exception {
    List<String> ended =
        List.of(
            STAND.create(OneTimePod.named("no-app-id").withoutAppId()),
            STAND.create(OneTimePod.named("empty-app-id").appId("")),
            STAND.create(OneTimePod.named("on-failure").spec("restartPolicy: OnFailure")));
    String always = STAND.create(OneTimePod.named("always").spec("restartPolicy: Always"));
    String pending = STAND.create(unpullable("no-app-id-no-image").withoutAppId());
    for (String uid : ended) {
      STAND.witness().awaitEnd(uid, TIME);
    }
    STAND.witness().await(always, "to start again", TIME, EndingsE2E::startedAgain);
    STAND.namespace().deletePod("always", GRACE);
    STAND.namespace().deletePod("no-app-id-no-image", GRACE);
    STAND.witness().awaitGone(always, TIME);
    STAND.witness().awaitGone(pending, TIME);

    STAND.awaitAllReported();

    List<String> notOurs = Stream.concat(ended.stream(), Stream.of(always, pending)).toList();
    assertThat(STAND.service().reports())
        .extracting(Report::uid)
        .doesNotContainAnyElementsOf(notOurs);
  }

  @Test
  void podsOfOtherNamespacesAreNeverReported() throws Exception {
    try (TestNamespace other = STAND.cluster().createNamespace("endings-other")) {
      String uid = other.createPod(OneTimePod.named("elsewhere").yaml()).getMetadata().getUid();
      other.awaitPhase("elsewhere", "Succeeded", TIME);

      STAND.awaitAllReported();

      assertThat(STAND.service().reportsOf(uid)).isEmpty();
    }
  }

  private static OneTimePod unpullable(String name) {
    return OneTimePod.named(name).container("image: localhost/no-such-image:1");
  }

  private static void assertEnded(Report report, String reason, String exitCode) {
    assertThat(report.annotation(Annotation.REASON)).isEqualTo(reason);
    assertThat(report.annotation(Annotation.EXITCODE)).isEqualTo(exitCode);
  }

  private static void assertNeverRan(Report report, String... reasons) {
    assertThat(report.annotation(Annotation.REASON)).as("%s", report).isIn((Object[]) reasons);
    assertThat(report.failure()).startsWith(report.annotation(Annotation.REASON));
    assertThat(report.annotation(Annotation.STARTED)).isEmpty();
  }

  private static Instant awaitRunning(String uid) throws Exception {
    Pod pod =
        STAND
            .witness()
            .await(
                uid,
                "to run",
                TIME,
                seen ->
                    statuses(seen).stream()
                        .anyMatch(status -> status.getState().getRunning() != null));
    return Instant.parse(statuses(pod).getFirst().getState().getRunning().getStartedAt());
  }

  private static void awaitObstacle(String uid, String... reasons) throws Exception {
    STAND
        .witness()
        .await(
            uid,
            "to wait for " + List.of(reasons),
            TIME,
            pod ->
                statuses(pod).stream()
                    .map(status -> status.getState().getWaiting())
                    .anyMatch(waiting ->
                        waiting != null && List.of(reasons).contains(waiting.getReason())));
  }

  private static List<ContainerStatus> statuses(Pod pod) {
    return pod.getStatus().getContainerStatuses();
  }

  private static boolean startedAgain(Pod pod) {
    return statuses(pod).stream().anyMatch(status -> status.getRestartCount() > 0);
  }

  private static boolean isUnschedulable(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .anyMatch(condition -> "Unschedulable".equals(condition.getReason()));
  }

  private static String since(Pod pod, String condition) {
    return pod.getStatus().getConditions().stream()
        .filter(one -> one.getType().equals(condition))
        .findFirst()
        .orElseThrow()
        .getLastTransitionTime();
  }
}
