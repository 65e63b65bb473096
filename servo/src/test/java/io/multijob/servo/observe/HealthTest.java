package io.multijob.servo.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Response;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchProblem;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class HealthTest {
  private static final Scope BATCH = new Scope("batch");
  private static final Scope NIGHT = new Scope("night");

  private final Health health = new Health(Set.of(BATCH, NIGHT));

  @Test
  void isReadyWhenEveryScopeIsListed() {
    health.listed(BATCH, 3);

    assertThat(health.ready()).isFalse();
    assertThat(text()).contains("\"night\":\"not listed yet\"").doesNotContain("batch");

    health.listed(NIGHT, 0);

    assertThat(health.ready()).isTrue();
    assertThat(health.answer().status()).isEqualTo(200);
  }

  @Test
  void oneInterruptionIsNoTrouble() {
    listAll();

    health.failed(BATCH, problem(WatchProblem.Kind.UNREACHABLE), 1);

    assertThat(health.ready()).isTrue();
  }

  @Test
  void aWatchThatKeepsFailingIsTroubleUntilItStands() {
    listAll();

    health.failed(BATCH, problem(WatchProblem.Kind.UNREACHABLE), 2);

    assertThat(health.answer().status()).isEqualTo(503);
    assertThat(text()).contains("\"batch\":\"said so\"");

    health.watching(BATCH);

    assertThat(health.ready()).isTrue();
  }

  @Test
  void aMissingPermissionIsTroubleAtOnce() {
    listAll();

    health.failed(BATCH, problem(WatchProblem.Kind.FORBIDDEN), 1);

    assertThat(health.ready()).isFalse();
  }

  @Test
  void runsThatCannotBeStoredAreTrouble() {
    listAll();

    health.storing(3);

    assertThat(text()).contains("\"outbox\":\"cannot be written, 3 failures in a row\"");

    health.storing(0);

    assertThat(health.ready()).isTrue();
  }

  private void listAll() {
    health.listed(BATCH, 0);
    health.listed(NIGHT, 0);
  }

  private String text() {
    return new String(((Response.Complete) health.answer()).body(), UTF_8);
  }

  private static WatchProblem problem(WatchProblem.Kind kind) {
    return new WatchProblem(kind, "said so");
  }
}
