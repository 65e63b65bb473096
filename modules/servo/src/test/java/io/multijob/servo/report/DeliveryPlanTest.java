package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DeliveryPlanTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
  private static final Backoff OUTAGE = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10));
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant MUCH_LATER = NOW.plus(Duration.ofHours(2));

  private final DeliveryPlan plan = new DeliveryPlan(BACKOFF, OUTAGE, new Random(1));

  @Test
  void givesEachAppOneTurnAtATimeInTheOrderInWhichTheyCame() {
    plan.add("a");
    plan.add("b");
    plan.add("a");

    assertThat(due(NOW)).containsExactly("a", "b");
    plan.add("a");
    assertThat(plan.next(NOW)).isEmpty();
    assertThat(plan.nextTime()).isEmpty();
  }

  @Test
  void anAppThatWentComesAgainAfterTheOthers() {
    plan.add("a");
    plan.add("b");
    assertThat(plan.next(NOW)).contains("a");

    plan.went("a");
    plan.add("a");

    assertThat(due(NOW)).containsExactly("b", "a");
  }

  @Test
  void anAppThatFailedRestsAndHoldsUpNoOther() {
    plan.add("a");
    assertThat(plan.next(NOW)).contains("a");

    assertThat(plan.failed("a", Duration.ofSeconds(30), NOW)).isEqualTo(1);
    plan.add("a");
    plan.add("b");

    assertThat(due(NOW)).containsExactly("b");
    assertThat(plan.nextTime()).contains(NOW.plusSeconds(30));
    assertThat(plan.next(NOW.plusSeconds(29))).isEmpty();
    assertThat(plan.next(NOW.plusSeconds(30))).contains("a");
  }

  @Test
  void restsLongerTheMoreOftenItFailed() {
    plan.add("a");
    Duration longest = Duration.ZERO;
    for (int failures = 1; failures < 8; failures++) {
      assertThat(plan.next(MUCH_LATER)).contains("a");
      assertThat(plan.failed("a", Duration.ZERO, NOW)).isEqualTo(failures);
      Duration rest = Duration.between(NOW, plan.nextTime().orElseThrow());
      assertThat(rest).isLessThanOrEqualTo(BACKOFF.ceiling(failures));
      longest = rest.compareTo(longest) > 0 ? rest : longest;
    }

    assertThat(longest).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void startsFromTheShortestPauseOnceAnAppWent() {
    failTimes(5, "a");

    plan.went("a");
    plan.add("a");

    assertThat(plan.next(MUCH_LATER)).contains("a");
    assertThat(plan.failed("a", Duration.ZERO, NOW)).isEqualTo(1);
  }

  @Test
  void lettingNobodyThroughIsAnOutage() {
    failTimes(7, "a");
    assertThat(plan.outage()).isFalse();

    failTimes(1, "b");
    assertThat(plan.outage()).isTrue();
    plan.add("c");

    Instant next = plan.nextTime().orElseThrow();
    assertThat(next).isBetween(NOW, NOW.plusSeconds(10));
    assertThat(plan.next(next)).isPresent();
  }

  @Test
  void afterAnOutageNobodyRestsLongerThanTheServiceAsked() {
    failTimes(20, "a");
    plan.add("b");
    plan.add("c");
    assertThat(due(MUCH_LATER)).containsExactlyInAnyOrder("a", "b", "c");
    plan.failed("a", Duration.ZERO, NOW);
    plan.failed("b", Duration.ofMinutes(30), NOW);

    plan.went("c");

    assertThat(plan.outage()).isFalse();
    assertThat(due(NOW)).containsExactly("a");
    assertThat(plan.nextTime()).contains(NOW.plus(Duration.ofMinutes(30)));
  }

  private void failTimes(int times, String appId) {
    plan.add(appId);
    for (int i = 0; i < times; i++) {
      assertThat(plan.next(MUCH_LATER)).contains(appId);
      plan.failed(appId, Duration.ZERO, NOW);
    }
  }

  private List<String> due(Instant now) {
    List<String> due = new ArrayList<>();
    for (Optional<String> app = plan.next(now); app.isPresent(); app = plan.next(now)) {
      due.add(app.get());
    }
    return due;
  }
}
