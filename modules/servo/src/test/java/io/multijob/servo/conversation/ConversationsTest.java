package io.multijob.servo.conversation;

import static io.multijob.servo.conversation.ScriptedOptune.adjust;
import static io.multijob.servo.conversation.ScriptedOptune.commanding;
import static io.multijob.servo.conversation.ScriptedOptune.failing;
import static io.multijob.servo.conversation.ScriptedOptune.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Range;
import io.multijob.protocol.WhatsNext;
import io.multijob.servo.conversation.Agreement.Adjust;
import io.multijob.servo.conversation.Agreement.AsAuthored;
import io.multijob.servo.conversation.Agreement.Freshness;
import io.multijob.servo.conversation.Agreement.Unchanged;
import io.multijob.servo.conversation.ScriptedOptune.Told;
import io.multijob.servo.retry.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ConversationsTest {
  private static final Duration LONG = Duration.ofMinutes(1); // longer than a test may take
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Backoff SELDOM = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
  private static final Command.Adjust OLD = adjust("0.25");
  private static final Command.Adjust NEW = adjust("0.5");
  private static final Description DESCRIPTION =
      new Description(
          Map.of("main", Map.of("cpu", new Range(0.1, 0, 3.5, 0.001))), Set.of(Metric.DURATION));

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock();
  private final RecordedConversations recorded = new RecordedConversations();
  private final ExecutorService pods = Executors.newVirtualThreadPerTaskExecutor();
  private ScriptedOptune service;
  private KeptAdjustments kept;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedOptune(clock);
    kept = KeptAdjustments.open(directory);
  }

  @AfterEach
  void stop() {
    service.close();
    kept.close();
    pods.shutdownNow();
  }

  @Test
  void givesThePodWhatTheServiceWantsAndKeepsIt() {
    service.script("app", commanding(NEW));

    try (Conversations conversations = conversations(LONG)) {
      assertThat(before(conversations, "app")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
      assertThat(conversations.withoutAsking("app")).isEqualTo(new Adjust(NEW, Freshness.KEPT));
    }
    assertThat(recorded.endings()).containsExactly(Ending.ANSWERED);
  }

  @Test
  void describesThePodWhenAskedToAndAsksAgain() throws Exception {
    service.script("app", commanding(new Command.Describe()), saying("{}"), commanding(NEW));

    try (Conversations conversations = conversations(LONG)) {
      assertThat(before(conversations, "app")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
    }
    assertThat(service.take()).isEqualTo(new Told("app", new WhatsNext()));
    assertThat(service.take()).isEqualTo(new Told("app", DESCRIPTION));
    assertThat(service.take()).isEqualTo(new Told("app", new WhatsNext()));
  }

  @Test
  void b9_describeForEverIsObeyedOnce() {
    service.usually(commanding(new Command.Describe()));

    try (Conversations conversations = conversations(LONG)) {
      assertThat(before(conversations, "app"))
          .isEqualTo(new Unchanged("the service wants it described twice"));
    }
    assertThat(service.events()).containsExactly("WHATS_NEXT", "DESCRIPTION", "WHATS_NEXT");
  }

  @Test
  void b14_theFirstAdjustEndsTheConversation() {
    service.script("app", commanding(OLD), commanding(NEW));

    try (Conversations conversations = conversations(LONG)) {
      assertThat(before(conversations, "app")).isEqualTo(new Adjust(OLD, Freshness.FRESH));
    }
    assertThat(service.events()).containsExactly("WHATS_NEXT");
  }

  @Test
  void aPodDoesNotSleepButIsAskedForOnceMore() {
    Command.Sleep sleep = new Command.Sleep(Duration.ofDays(1));
    service.script("app", commanding(sleep), commanding(NEW), commanding(sleep), commanding(sleep));

    try (Conversations conversations = conversations(LONG)) {
      assertThat(before(conversations, "app")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
      assertThat(before(conversations, "app"))
          .isEqualTo(new AsAuthored("the service wants it to wait, which it cannot"));
    }
    assertThat(service.events()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"cmd":"MEASURE"}    | ANSWERED | the service wants it measured as it is
          {"status":"ok"}      | ANSWERED | the service asks for nothing
          ok                   | ANSWERED | the service asks for nothing
          {"cmd":"EXPLODE"}    | GARBLED  | the service asks for what we do not know: EXPLODE
          {"cmd":[]}           | GARBLED  | the service's answer is not understood: $.cmd: expected text, found an array
          """)
  void otherAnswersLeaveThePodUnchangedEvenWhereSomethingIsKept(
      String body, Ending ending, String reason) {
    kept.given("app", OLD);
    service.script("app", saying(body));

    try (Conversations conversations = conversations(LONG)) {
      assertThat(before(conversations, "app"))
          .isEqualTo(ending == Ending.ANSWERED ? new AsAuthored(reason) : new Unchanged(reason));
    }
    assertThat(recorded.endings()).containsExactly(ending);
  }

  @ParameterizedTest
  @CsvSource({"404, FAILED", "401, FAILED", "500, FAILED", "429, FAILED"})
  void whatIsKeptIsGivenWhereTheServiceFails(int status, Ending ending) {
    kept.given("app", OLD);
    service.usually(failing(status));

    try (Conversations conversations = conversations(LONG)) {
      assertThat(before(conversations, "app")).isEqualTo(new Adjust(OLD, Freshness.KEPT));
      assertThat(before(conversations, "another")).isInstanceOf(Unchanged.class);
    }
    assertThat(recorded.endings()).containsExactly(ending, ending);
  }

  /// It has no other way to its answer: the service holds the request to the end of the test.
  @ParameterizedTest
  @ValueSource(strings = {"", "{\"cmd\":\"ADJUST\",", "{\"cmd\":\"MEASURE\"}"})
  void b9_aServiceThatDoesNotFinishItsAnswerIsNotWaitedForBeyondTheBudget(String said) {
    kept.given("app", OLD);
    service.usually(said.isEmpty() ? service.silence() : service.beginning(said));

    try (Conversations conversations = conversations(SHORT)) {
      assertThat(before(conversations, "app")).isEqualTo(new Adjust(OLD, Freshness.KEPT));
      assertThat(before(conversations, "another")).isInstanceOf(Unchanged.class);
    }
  }

  @Test
  void b9_theBudgetIsForTheWholeConversation() {
    service.script("app", commanding(new Command.Describe()), saying("{}"), service.silence());

    try (Conversations conversations = conversations(SHORT)) {
      assertThat(before(conversations, "app")).isInstanceOf(Unchanged.class);
    }
  }

  @Test
  void whatTheServiceWantsWhenNoPodStartsIsForTheNextOne() throws Exception {
    service.script("app", commanding(NEW));

    try (Conversations conversations = conversations(LONG)) {
      conversations.questions().ask("app", LONG);

      assertThat(before(conversations, "app")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
      assertThat(before(conversations, "app")).isInstanceOf(AsAuthored.class);
    }
  }

  @Test
  void b9_aDeadServiceCostsAFewPodsTheirBudgetAndNotEach() throws Exception {
    service.usually(service.silence());
    List<Future<Agreement>> waiting = new ArrayList<>();

    try (Conversations conversations = conversations(LONG)) {
      for (int i = 0; i < 10; i++) {
        String appId = "waits-" + i;
        waiting.add(pods.submit(() -> before(conversations, appId)));
        service.take();
      }
      for (String appId : List.of("a", "b", "c")) {
        service.script(appId, failing(500));
        assertThat(before(conversations, appId)).isInstanceOf(Unchanged.class);
        service.take();
      }

      for (Future<Agreement> pod : waiting) { // the service still holds their requests
        assertThat(pod.get()).isEqualTo(new Unchanged("the service is not waited for any more"));
      }
      assertThat(before(conversations, "late"))
          .isEqualTo(
              new Unchanged(
                  "the service is not waited for: the service did not answer: status 500"));
      assertThat(conversations.problem()).isPresent();
    }
    assertThat(service.events()).isEmpty();
  }

  @Test
  void oneSlowAppIsNotWaitedForAndTheOthersAre() {
    service.script("slow", failing(503), failing(503), failing(503));

    try (Conversations conversations = conversations(LONG)) {
      for (int i = 0; i < 10; i++) {
        assertThat(before(conversations, "slow")).isInstanceOf(Unchanged.class);
      }
      service.script("good", commanding(NEW));

      assertThat(service.events()).hasSize(3);
      assertThat(before(conversations, "good")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
      assertThat(conversations.problem()).isEmpty();
      assertThat(conversations.shutApps()).isEqualTo(1);
    }
  }

  @Test
  void aProbeBesideThePodsOpensItAgainAndItsAdjustIsKept() throws Exception {
    service.usually(failing(500));
    Backoff often = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    try (Conversations conversations = conversations(new Conversations.Timing(LONG, often))) {
      for (String appId : List.of("a", "b", "c")) {
        assertThat(before(conversations, appId)).isInstanceOf(Unchanged.class);
      }
      service.usually(commanding(NEW));
      conversations.start();
      while (conversations.problem().isPresent()) {
        clock.advance(Duration.ofMillis(1));
        Thread.onSpinWait();
      }

      assertThat(conversations.withoutAsking("c")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
    }
  }

  @Test
  void aDescriptionThatTakesTooLongIsNotHeldAgainstTheService() {
    service.usually(commanding(new Command.Describe()));
    CountDownLatch never = new CountDownLatch(1);

    try (Conversations conversations = conversations(SHORT)) {
      for (String appId : List.of("a", "b", "c", "d")) {
        conversations.before(
            appId,
            () -> {
              try {
                never.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return DESCRIPTION;
            });
      }

      assertThat(conversations.problem()).isEmpty();
    }
  }

  @Test
  void aDescriptionThatFailsLeavesThePodWithWhatIsKept() {
    kept.given("app", OLD);
    service.usually(commanding(new Command.Describe()));

    try (Conversations conversations = conversations(LONG)) {
      Agreement agreement =
          conversations.before(
              "app",
              () -> {
                throw new IllegalStateException("a bug");
              });

      assertThat(agreement).isEqualTo(new Adjust(OLD, Freshness.KEPT));
      assertThat(conversations.problem()).isEmpty();
    }
  }

  @Test
  void b9_soManyConversationsAreHeldAndThenNoMore() throws Exception {
    service.usually(service.silence());
    kept.given("full", OLD);
    List<Future<Agreement>> waiting = new ArrayList<>();

    try (Conversations conversations = conversations(LONG)) {
      for (int i = 0; i < 256; i++) {
        String appId = "waits-" + i;
        waiting.add(pods.submit(() -> before(conversations, appId)));
        service.take();
      }

      assertThat(before(conversations, "full")).isEqualTo(new Adjust(OLD, Freshness.KEPT));
      assertThat(recorded.endings()).containsExactly(Ending.NOT_HELD);
    }
    for (Future<Agreement> pod : waiting) { // closed, they are let go
      assertThat(pod.get()).isInstanceOf(Unchanged.class);
    }
  }

  @Test
  void nobodyIsAskedWithoutNeedToDescribe() {
    service.script("app", commanding(NEW));
    AtomicInteger made = new AtomicInteger();

    try (Conversations conversations = conversations(LONG)) {
      conversations.before(
          "app",
          () -> {
            made.incrementAndGet();
            return DESCRIPTION;
          });
    }
    assertThat(made).hasValue(0);
  }

  @Test
  void withoutAskingNothingIsSaidAndNothingChanges() {
    kept.keepForNext("app", NEW);

    try (Conversations conversations = conversations(LONG)) {
      assertThat(conversations.withoutAsking("app")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
      assertThat(conversations.withoutAsking("app")).isEqualTo(new Adjust(NEW, Freshness.FRESH));
      assertThat(conversations.withoutAsking("another"))
          .isEqualTo(new Unchanged("the service was not asked"));
    }
    assertThat(service.events()).isEmpty();
  }

  private static Agreement before(Conversations conversations, String appId) {
    return conversations.before(appId, () -> DESCRIPTION);
  }

  private Conversations conversations(Duration budget) {
    return conversations(new Conversations.Timing(budget, SELDOM));
  }

  private Conversations conversations(Conversations.Timing timing) {
    return new Conversations(service.client(), kept, timing, recorded, clock);
  }
}
