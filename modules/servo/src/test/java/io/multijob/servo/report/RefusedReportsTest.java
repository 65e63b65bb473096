package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.report.RefusedReports.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Beside a servo that has the outbox open, unless said otherwise.
@Timeout(30)
final class RefusedReportsTest {
  private static final Report FIRST = new Report("run-1", "app-a", "{\"n\":1}");
  private static final Report SECOND = new Report("run-2", "app-b", "{\"n\":2}");

  private final SettableClock clock = new SettableClock();
  @TempDir private Path directory = Path.of("");
  private Outbox outbox;

  @BeforeEach
  void openOutbox() throws Exception {
    outbox = Outbox.open(directory, clock);
    for (Report report : List.of(FIRST, SECOND)) {
      outbox.put(report);
      outbox.setAside(report, "status 400: no such app");
    }
  }

  @AfterEach
  void closeOutbox() throws IOException {
    outbox.close();
  }

  @Test
  void tellsOfEachWholeAndWhyItWasRefused() throws Exception {
    Refused first = new Refused(FIRST, "status 400: no such app", clock.instant());

    try (RefusedReports reports = open()) {
      assertThat(reports.find("run-1")).hasValue(first);
      assertThat(reports.find("run-3")).isEmpty();
      assertThat(listed(reports)).containsExactly("run-1", "run-2");
    }
  }

  @Test
  void whatIsToBeTriedAgainIsPendingInTheServoThatRuns() throws Exception {
    try (RefusedReports reports = open()) {
      assertThat(reports.retry("run-1")).isTrue();
      assertThat(reports.retry("run-1")).isFalse();
    }

    assertThat(outbox.adopt()).isTrue();

    assertThat(outbox.pending()).isEqualTo(1);
    assertThat(outbox.pendingApps()).containsExactly("app-a");
    assertThat(outbox.pending("app-a", 10))
        .extracting(PendingReport::report)
        .containsExactly(FIRST);
    assertThat(outbox.setAside()).isEqualTo(1);
    assertThat(outbox.adopt()).isFalse();
  }

  @Test
  void adoptingCountsWhatTheServoItselfHasDoneMeanwhileOnce() throws Exception {
    outbox.put(new Report("run-4", "app-a", "{}"));
    outbox.put(new Report("run-5", "app-c", "{}"));
    try (RefusedReports reports = open()) {
      reports.retry("run-1");
    }
    outbox.delivered(List.of(new Report("run-5", "app-c", "{}")));

    assertThat(outbox.adopt()).isTrue();

    assertThat(outbox.pending()).isEqualTo(2);
    assertThat(outbox.pendingApps()).containsExactly("app-a");
  }

  @Test
  void whatIsDroppedIsNeitherKeptNorTakenAgain() throws Exception {
    try (RefusedReports reports = open()) {
      assertThat(reports.drop("run-1")).isTrue();
      assertThat(reports.drop("run-1")).isFalse();
      assertThat(listed(reports)).containsExactly("run-2");
    }
    outbox.put(FIRST);

    assertThat(outbox.pending()).isZero();
    assertThat(outbox.isDelivered("run-1")).isTrue();
  }

  @Test
  void aServoThatStartsLaterOffersWhatIsToBeTriedAgain() throws Exception {
    outbox.close();
    try (RefusedReports reports = open()) {
      reports.retry("run-2");
    }
    outbox = Outbox.open(directory, clock);

    assertThat(outbox.pendingApps()).containsExactly("app-b");
  }

  @Test
  void saysWhereNoOutboxIs(@TempDir Path empty) throws Exception {
    assertThatThrownBy(() -> RefusedReports.open(empty, clock))
        .isInstanceOf(IOException.class)
        .hasMessage("no outbox in %s: expected %s", empty, empty.resolve("outbox.db"));
    assertThat(empty).isEmptyDirectory();

    Files.createFile(empty.resolve("outbox.db"));
    assertThatThrownBy(() -> RefusedReports.open(empty, clock))
        .hasMessageEndingWith("outbox.db cannot be used: it is no outbox");
  }

  private RefusedReports open() throws IOException {
    return RefusedReports.open(directory, clock);
  }

  private static List<String> listed(RefusedReports reports) throws IOException {
    List<String> ids = new ArrayList<>();
    reports.list(refused -> ids.add(refused.report().id()));
    return ids;
  }
}
