package io.multijob.servo.conversation;

import static io.multijob.servo.conversation.ScriptedOptune.adjust;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Command;
import io.multijob.servo.conversation.UnfitAdjustments.Deliveries;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class UnfitAdjustmentsTest {
  private static final Command.Adjust WANTED = adjust("100");

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock();
  private final FakeService service = new FakeService();
  private final LinkedBlockingQueue<Long> woken = new LinkedBlockingQueue<>();
  private KeptAdjustments kept;
  private Outbox outbox;

  @BeforeEach
  void open() throws IOException {
    kept = KeptAdjustments.open(directory);
    outbox = Outbox.open(directory, clock);
  }

  @AfterEach
  void close() throws IOException {
    outbox.close();
    kept.close();
  }

  @Test
  void b23_aFailureGoesIntoTheOutbox() throws Exception {
    try (UnfitAdjustments unfit = unfit(true)) {
      unfit.failed("app", WANTED, "main: cpu 100 is over 8");

      assertThat(woken.take()).isEqualTo(1);
      assertThat(service.reports).isEmpty();
    }
  }

  @Test
  void theSameIsToldOnceAMinute() throws Exception {
    try (UnfitAdjustments unfit = unfit(true)) {
      for (int i = 0; i < 100; i++) {
        unfit.failed("app", WANTED, "too much");
      }
      unfit.failed("app", WANTED, "too little");
      unfit.failed("other", WANTED, "too much");
      for (int i = 0; i < 3; i++) {
        woken.take();
      }
      assertThat(outbox.pending()).isEqualTo(3);
      clock.advance(Duration.ofSeconds(61));

      unfit.failed("app", WANTED, "too much");

      assertThat(woken.take()).isEqualTo(4);
    }
  }

  @Test
  void whatDidNotFitIsNotOfferedAgain() {
    kept.given("app", WANTED);
    try (UnfitAdjustments unfit = unfit(true)) {
      unfit.failed("app", WANTED, "too much");
    }
    assertThat(kept.peek("app")).isEmpty();
  }

  @Test
  void aReplicaThatDoesNotLeadTellsTheServiceItself() throws Exception {
    try (UnfitAdjustments unfit = unfit(false)) {
      unfit.failed("app", WANTED, "too much");

      Report report = service.reports.take();
      assertThat(report.appId()).isEqualTo("app");
      assertThat(report.body())
          .isEqualTo(
              "{\"event\":\"ADJUSTMENT\","
                  + "\"param\":{\"status\":\"failed\",\"message\":\"too much\"}}");
    }
    assertThat(outbox.pending()).isZero();
  }

  @Test
  void b11_whatAReplicaCouldNotTellIsInItsOutbox() throws Exception {
    service.deliveries.add(new Delivery.Unreachable("status 503", Duration.ZERO));
    try (UnfitAdjustments unfit = unfit(false)) {
      unfit.failed("app", WANTED, "too much");
      Report report = service.reports.take();

      while (!outbox.knows(report.id())) {
        Thread.onSpinWait();
      }
    }
  }

  private UnfitAdjustments unfit(boolean leads) {
    return new UnfitAdjustments(
        kept,
        service,
        outbox,
        new Deliveries(() -> leads, () -> woken.add(outbox.pending())),
        clock);
  }
}
