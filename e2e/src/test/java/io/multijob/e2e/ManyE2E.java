package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.wait.Wait;
import io.multijob.protocol.Annotation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Many short pods through one namespace: a thousand, or as many as the system property `e2e.many`
/// says.
final class ManyE2E {
  @RegisterExtension static final Stand STAND = Stand.watchingOneNamespace("many");

  private static final int PODS = Integer.getInteger("e2e.many", 1_000);

  /// More at once than a small node can start makes each slower, and all no faster.
  private static final int AT_ONCE = 16;

  /// A node starts a pod or two a second; one that takes longer than this has another trouble.
  private static final Duration TIME = Duration.ofMinutes(2).plusSeconds(2L * PODS);

  @Test
  void eachOfManyPodsOfOneSecondIsReportedOnce() throws Exception {
    OneTimePod pod =
        OneTimePod.named("many").command("sleep 1").spec("automountServiceAccountToken: false");
    Instant begin = Instant.now();
    STAND.create(OneTimeJob.of(pod).spec("completions: " + PODS, "parallelism: " + AT_ONCE));

    Wait.until(PODS + " reports", TIME, () -> STAND.service().reports().size() >= PODS);

    Duration took = Duration.between(begin, Instant.now());
    System.out.printf(
        "measured: %d pods in %d s, %.1f a second%n",
        PODS, took.toSeconds(), PODS * 1_000.0 / took.toMillis());
    STAND.holdThatEachWasReportedOnce();
    assertThat(STAND.witness().ownedBy(pod.name())).hasSize(PODS);
    assertThat(STAND.service().reports())
        .allSatisfy(
            report -> assertThat(report.annotation(Annotation.REASON)).isEqualTo("Completed"));
  }
}
