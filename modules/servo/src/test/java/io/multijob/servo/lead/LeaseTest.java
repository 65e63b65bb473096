package io.multijob.servo.lead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00.123456789Z");
  private static final LeaseName NAME = new LeaseName("ops", "servo");

  @Test
  void isWrittenAsTheApiWantsIt() {
    Lease lease = Lease.ABSENT.heldBy("a", NOW, Duration.ofSeconds(12));

    assertThat(lease.toJson(NAME))
        .isEqualTo(
            "{\"apiVersion\":\"coordination.k8s.io/v1\",\"kind\":\"Lease\","
                + "\"metadata\":{\"namespace\":\"ops\",\"name\":\"servo\"},"
                + "\"spec\":{\"holderIdentity\":\"a\",\"leaseDurationSeconds\":12,"
                + "\"renewTime\":\"2026-11-23T10:00:00.123456Z\",\"leaseTransitions\":0}}");
  }

  @Test
  void isReadAsTheApiWritesIt() {
    Lease lease =
        Lease.parse(
            """
            {"metadata":{"resourceVersion":"7"},"spec":{"holderIdentity":"a",
             "leaseDurationSeconds":12,"renewTime":"2026-11-23T10:00:00.000000Z",
             "leaseTransitions":3}}
            """);

    assertThat(lease)
        .isEqualTo(new Lease("7", "a", "2026-11-23T10:00:00.000000Z", Duration.ofSeconds(12), 3));
  }

  @Test
  void countsItsChangesOfHandsAndKeepsTheVersionItWasReadWith() {
    Lease lease = new Lease("7", "a", NOW.toString(), Duration.ofSeconds(12), 3);

    assertThat(lease.heldBy("a", NOW, Duration.ofSeconds(12)).transitions()).isEqualTo(3);
    assertThat(lease.heldBy("b", NOW, Duration.ofSeconds(12)).transitions()).isEqualTo(4);
    assertThat(lease.heldBy("b", NOW, Duration.ofSeconds(12)).version()).isEqualTo("7");
    assertThat(lease.released(NOW).holder()).isEmpty();
  }

  @Test
  void isNamedWithOrWithoutItsNamespace() {
    assertThat(LeaseName.parse("servo").in("own")).isEqualTo(new LeaseName("own", "servo"));
    assertThat(LeaseName.parse("ops/servo").in("own")).isEqualTo(new LeaseName("ops", "servo"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Servo", "a/b/c", "/servo", "servo/"})
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> LeaseName.parse(text))
        .hasMessageContaining("expected the name of a Lease")
        .hasMessageContaining('"' + text + '"');
  }
}
