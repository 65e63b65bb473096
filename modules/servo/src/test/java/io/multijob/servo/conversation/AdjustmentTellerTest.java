package io.multijob.servo.conversation;

import static io.multijob.servo.conversation.ScriptedOptune.adjust;
import static io.multijob.servo.conversation.TestPods.ADJUSTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.servo.conversation.Agreement.Adjust;
import io.multijob.servo.conversation.Agreement.Freshness;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.DeliveryListener;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxDispatcher;
import io.multijob.servo.report.Report;
import io.multijob.servo.retry.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class AdjustmentTellerTest {
  private static final Command.Adjust WANTED = adjust("0.5");
  private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(2));

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock();
  private final FakeService service = new FakeService();
  private final LinkedBlockingQueue<String> further = new LinkedBlockingQueue<>();
  private KeptAdjustments kept;
  private Conversations conversations;
  private Outbox outbox;
  private OutboxDispatcher dispatcher;
  private AdjustmentTeller teller;

  @BeforeEach
  void start() throws IOException {
    kept = KeptAdjustments.open(directory);
    conversations =
        new Conversations(
            service,
            kept,
            Conversations.Timing.of(Duration.ofMinutes(1)),
            new RecordedConversations(),
            clock);
    outbox = Outbox.open(directory, clock);
    dispatcher =
        new OutboxDispatcher(
            outbox,
            service,
            new OutboxDispatcher.Timing(SHORT, SHORT, Duration.ofSeconds(5)),
            new Acknowledged(),
            InstantSource.system()); // by which it waits
    teller = teller();
    dispatcher.start();
  }

  @AfterEach
  void stop() throws IOException {
    teller.close();
    dispatcher.close();
    conversations.close();
    outbox.close();
    kept.close();
  }

  @Test
  void b23_tellsOfAPodThatIsSeenWithTheValuesAndNotBefore() throws Exception {
    service.commands(WANTED);
    Agreement agreement = conversations.before("app", () -> new Description(Map.of(), Set.of()));
    assertThat(agreement).isInstanceOf(Adjust.class);
    assertThat(service.asked.take()).isEqualTo("app WHATS_NEXT");
    teller.seen(pod("plain", PodMarks.NONE));

    teller.seen(pod("uid-1", ADJUSTED));

    assertThat(service.reports.take())
        .isEqualTo(
            new Report("uid-1/adjustment", "app", "{\"event\":\"ADJUSTMENT\",\"param\":{}}"));
    assertThat(outbox.knows("plain/adjustment")).isFalse();
  }

  @Test
  void asksOnceMoreWhenTheServiceHasItAndKeepsWhatItWants() throws Exception {
    service.commands(WANTED);

    teller.seen(pod("uid-1", ADJUSTED));

    assertThat(service.asked.take()).isEqualTo("app WHATS_NEXT");
    assertThat(further.take()).isEqualTo("app team/pod-uid-1 " + WANTED);
    assertThat(kept.peek("app")).contains(new Adjust(WANTED, Freshness.FRESH));
  }

  @Test
  void b11_isToldAgainUntilTheServiceHasIt() throws Exception {
    Delivery away = new Delivery.Unreachable("status 429", Duration.ZERO);
    service.deliveries.add(away);
    service.deliveries.add(away);

    teller.seen(pod("uid-1", ADJUSTED));

    assertThat(service.reports.take().id()).isEqualTo("uid-1/adjustment");
    assertThat(service.reports.take().id()).isEqualTo("uid-1/adjustment");
    assertThat(service.reports.take().id()).isEqualTo("uid-1/adjustment");
    assertThat(service.asked.take()).isEqualTo("app WHATS_NEXT");
  }

  @Test
  void tellsOfAPodOnceHoweverOftenItIsSeenAndByWhom() throws Exception {
    teller.seen(pod("uid-1", ADJUSTED));
    teller.seen(pod("uid-1", ADJUSTED));
    assertThat(service.asked.take()).isEqualTo("app WHATS_NEXT");
    teller.close();
    teller = teller(); // as after a restart

    teller.seen(pod("uid-1", ADJUSTED));
    teller.seen(TestPods.pending("uid-2", "other", ADJUSTED, clock.instant()));

    assertThat(service.asked.take()).isEqualTo("other WHATS_NEXT");
    assertThat(service.reports)
        .extracting(Report::id)
        .containsExactly("uid-1/adjustment", "uid-2/adjustment");
  }

  @Test
  void doesNotTellOfWhatWasReportedOrEndedLongAgo() throws Exception {
    PodMarks reported = new PodMarks(true, false, false, true, false);
    teller.seen(pod("reported", reported));
    teller.seen(
        TestPods.ended("old", "app", ADJUSTED, clock.instant().minus(Duration.ofMinutes(11))));

    teller.seen(
        TestPods.ended("new", "app", ADJUSTED, clock.instant().minus(Duration.ofMinutes(9))));

    assertThat(service.asked.take()).isEqualTo("app WHATS_NEXT");
    assertThat(service.reports).extracting(Report::id).containsExactly("new/adjustment");
  }

  @Test
  void theAcknowledgementOfAnotherReportAsksForNothing() throws Exception {
    teller.acknowledged(new Report("uid-0", "measured", "{}"));
    teller.acknowledged(new Report(AdjustmentIds.failed(), "unfit", "{}"));

    teller.acknowledged(new Report("uid-1/adjustment", "app", "{}"));

    assertThat(service.asked.take()).isEqualTo("app WHATS_NEXT");
    assertThat(service.asked).isEmpty();
  }

  @Test
  void anIdLeadsBackToItsPod() {
    assertThat(AdjustmentIds.podOf(AdjustmentIds.applied("uid-1"))).isEqualTo("uid-1");
    assertThat(AdjustmentIds.podOf("uid-1")).isEqualTo("uid-1");
    String failed = AdjustmentIds.failed();
    assertThat(AdjustmentIds.podOf(failed)).isEqualTo(failed);
  }

  private Pod pod(String uid, PodMarks marks) {
    return TestPods.pending(uid, "app", marks, clock.instant());
  }

  private AdjustmentTeller teller() {
    return new AdjustmentTeller(
        outbox,
        dispatcher::wake,
        conversations,
        (appId, pod, command) -> further.add(appId + " " + pod + " " + command),
        clock);
  }

  /// Tells the teller of the moment.
  private final class Acknowledged implements DeliveryListener {
    @Override
    public void attempted(Delivery delivery, Duration waited, Duration took) {
      // not of interest
    }

    @Override
    public void delivered(Report report) {
      teller.acknowledged(report);
    }

    @Override
    public void told(String event, Delivery last) {
      // not of interest
    }
  }
}
