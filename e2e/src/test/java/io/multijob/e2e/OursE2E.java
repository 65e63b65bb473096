package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.service.Report;
import io.multijob.protocol.Annotation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Which pods are ours, by the settings of the servo: in which namespaces, and by what path to the
/// app id.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class OursE2E {
  @RegisterExtension static final Stand TWO = Stand.watchingTwoNamespaces("two");
  @RegisterExtension static final Stand EVERY = Stand.watchingEveryNamespace("every");

  @RegisterExtension
  static final Stand PATHS =
      Stand.watchingOneNamespace(
          "paths", Map.of("OPTUNE_APP_ID", "spec/containers/[worker,name,env]/[JOBID]|@owner"));

  private static final Duration TIME = Stand.REPORT_TIME;
  private static final Duration CRON_TIME = Duration.ofSeconds(60).plus(TIME);

  @Test
  void twoNamespacesAndNoOther() throws Exception {
    try (TestNamespace other = TWO.cluster().createNamespace("two-other")) {
      String elsewhere = create(other, "elsewhere");
      other.awaitPhase("elsewhere", "Succeeded", TIME);
      String first = create(TWO.namespace(), "in-the-first");
      String second = create(TWO.second(), "in-the-second");

      assertIn(TWO.namespace(), TWO.onlyReportOf(first));
      assertIn(TWO.second(), TWO.onlyReportOf(second));

      TWO.awaitAllReported();
      assertThat(TWO.service().reportsOf(elsewhere)).isEmpty();
      assertThat(TWO.service().reportsOf(first)).hasSize(1);
      assertThat(TWO.service().reportsOf(second)).hasSize(1);
    }
  }

  @Test
  void everyNamespaceAndThoseThatComeLater() throws Exception {
    String first = create(EVERY.namespace(), "in-the-first");
    String second = create(EVERY.second(), "in-the-second");
    try (TestNamespace later = EVERY.cluster().createNamespace("every-later")) {
      String third = create(later, "in-a-later-one");

      assertIn(EVERY.namespace(), EVERY.onlyReportOf(first));
      assertIn(EVERY.second(), EVERY.onlyReportOf(second));
      assertIn(later, EVERY.onlyReportOf(third));
    }
  }

  @Test
  void theWorkloadIsTheContainerThatThePathGoesThrough() throws Exception {
    String uid =
        PATHS.create(
            OneTimePod.named("through")
                .command("sleep 3600")
                .beside("worker", "sleep 1; exit 5", "env: [{name: JOBID, value: by-worker}]"));

    Report report = PATHS.onlyReportByTheKubelet(uid, "worker");

    assertThat(report.appId()).isEqualTo("by-worker");
    assertThat(report.annotation(Annotation.REASON)).isEqualTo("Error");
    assertThat(report.annotation(Annotation.EXITCODE)).isEqualTo("5");
    assertThat(report.annotation(Annotation.CONTAINERS))
        .contains("{\"name\":\"main\",\"state\":\"running\"}");
    PATHS.namespace().deletePod("through", Duration.ZERO);
  }

  @Test
  void whatMadeThePodWhereThePathSaysSo() throws Exception {
    PATHS.create(OneTimeJob.of(OneTimePod.named("made-by-a-job").withoutAppId()));

    Report report = PATHS.onlyReportByTheKubelet(PATHS.onlyPodOf("made-by-a-job"));

    assertThat(report.appId()).isEqualTo("made-by-a-job");
    assertThat(report.annotation(Annotation.OWNER)).isEqualTo("Job/made-by-a-job");
  }

  @Test
  void aCronJobsPodsUnderTheNameOfTheCronJob() throws Exception {
    OneTimeJob job = OneTimeJob.of(OneTimePod.named("hourly").withoutAppId());
    PATHS.namespace().create(job.everyMinuteYaml());
    Pod pod = PATHS.witness().await("of CronJob hourly", CRON_TIME, OneTimeJob.isRunOf(job));

    Report report = PATHS.onlyReportByTheKubelet(pod.getMetadata().getUid());

    PATHS.namespace().deleteCronJob("hourly");
    assertThat(report.appId()).isEqualTo("hourly");
    assertThat(report.annotation(Annotation.OWNER)).isEqualTo("CronJob/hourly");
  }

  @Test
  void aPodThatNothingMadeIsNotOursByItsOwner() throws Exception {
    String uid = PATHS.create(OneTimePod.named("by-hand"));
    PATHS.witness().awaitEnd(uid, TIME);

    PATHS.create(OneTimeJob.of(OneTimePod.named("after-it").withoutAppId()));
    PATHS.onlyReportOf(PATHS.onlyPodOf("after-it"));

    PATHS.awaitEmptyOutbox();
    assertThat(PATHS.service().reportsOf(uid)).isEmpty();
  }

  private static String create(TestNamespace namespace, String pod) {
    return namespace.createPod(OneTimePod.named(pod).yaml()).getMetadata().getUid();
  }

  private static void assertIn(TestNamespace namespace, Report report) {
    assertThat(report.annotation(Annotation.NAMESPACE)).isEqualTo(namespace.name());
    assertThat(report.annotation(Annotation.REASON)).isEqualTo("Completed");
  }
}
