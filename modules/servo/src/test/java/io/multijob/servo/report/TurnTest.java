package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.report.Delivery.Refused;
import io.multijob.servo.report.Delivery.Unreachable;
import io.multijob.servo.report.Turn.End;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class TurnTest {
  private static final Unreachable AWAY = new Unreachable("status 503", Duration.ofSeconds(7));

  private final SettableClock clock = new SettableClock();
  private final ScriptedService service = new ScriptedService();
  private final RecordedDeliveries deliveries = new RecordedDeliveries();
  private Outbox outbox;

  @BeforeEach
  void openOutbox(@TempDir Path directory) throws Exception {
    outbox = Outbox.open(directory, clock);
    for (int i = 1; i <= 3; i++) {
      outbox.put(new Report("run-" + i, "app", "{}"));
    }
  }

  @AfterEach
  void closeOutbox() throws IOException {
    outbox.close();
  }

  @Test
  void deliversWhatIsPendingInItsOrder() throws Exception {
    assertThat(turn("app").take()).isEqualTo(new End.Went());

    assertThat(service.received()).containsExactly("run-1", "run-2", "run-3");
    assertThat(outbox.pending()).isZero();
    assertThat(outbox.knows("run-2")).isTrue();
  }

  @Test
  void keepsAReportThatCouldNotBeDeliveredAndThoseAfterIt() throws Exception {
    service.script("app", new Delivery.Accepted(), AWAY);

    assertThat(turn("app").take()).isEqualTo(new End.Failed("status 503", Duration.ofSeconds(7)));

    assertThat(service.received()).containsExactly("run-1", "run-2");
    assertThat(outbox.pending()).isEqualTo(2);

    assertThat(turn("app").take()).isEqualTo(new End.Went());

    assertThat(service.received()).containsExactly("run-1", "run-2", "run-2", "run-3");
    assertThat(outbox.pending()).isZero();
  }

  @Test
  void aRefusedReportIsSetAsideAndDoesNotHoldUpTheNext() throws Exception {
    service.script("app", new Refused("status 400"));

    assertThat(turn("app").take()).isEqualTo(new End.Went());

    assertThat(service.received()).containsExactly("run-1", "run-2", "run-3");
    assertThat(outbox.pending()).isZero();
    assertThat(outbox.setAside()).isEqualTo(1);
  }

  @Test
  void tellsOfEachAttemptAndHowLongTheReportHasWaited() {
    clock.advance(Duration.ofMinutes(4));
    service.script("app", new Delivery.Accepted(), AWAY);

    turn("app").take();

    assertThat(deliveries.attempts).containsExactly(new Delivery.Accepted(), AWAY);
    assertThat(deliveries.waits).containsOnly(Duration.ofMinutes(4));
  }

  @Test
  void endsAfterSomeReportsSoThatOthersHaveTheirTurn() throws Exception {
    for (int i = 4; i <= 50; i++) {
      outbox.put(new Report("run-" + i, "app", "{}"));
    }

    assertThat(turn("app").take()).isEqualTo(new End.Went());

    assertThat(service.received()).hasSize(16);
    assertThat(outbox.pending()).isEqualTo(34);
  }

  @Test
  void anOutboxThatCannotBeToldKeepsTheReport() throws Exception {
    DeliveringService closing =
        report -> {
          outbox.close();
          return new Delivery.Accepted();
        };

    End end = new Turn("app", outbox, closing, deliveries, clock).take();

    assertThat(end).isEqualTo(new End.Failed("the outbox is closed", Duration.ZERO));
  }

  @Test
  void aDefectOfOursEndsTheTurnOnly() {
    DeliveringService defective =
        report -> {
          throw new IllegalStateException("a defect");
        };

    End end = new Turn("app", outbox, defective, deliveries, clock).take();

    assertThat(end).isEqualTo(new End.Failed("IllegalStateException", Duration.ZERO));
    assertThat(outbox.pending()).isEqualTo(3);
  }

  private Turn turn(String appId) {
    return new Turn(appId, outbox, service, deliveries, clock);
  }
}
