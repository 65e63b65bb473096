package io.multijob.servo.conversation;

import static io.multijob.servo.conversation.ScriptedOptune.adjust;
import static io.multijob.servo.conversation.ScriptedOptune.commanding;
import static io.multijob.servo.conversation.ScriptedOptune.failing;
import static io.multijob.servo.conversation.ScriptedOptune.saying;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.servo.conversation.ScriptedOptune.Told;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodRef;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@Timeout(30)
final class SeenPodsTest {
  private static final Command.Adjust WANTED = adjust("0.5");

  @TempDir private Path directory;
  private final SettableClock clock = new SettableClock();
  private final Desk desk = new Desk();
  private ScriptedOptune service;
  private KeptAdjustments kept;
  private Conversations conversations;
  private SeenPods pods;

  @BeforeEach
  void start() throws IOException {
    service = new ScriptedOptune(clock);
    kept = KeptAdjustments.open(directory);
    conversations =
        new Conversations(
            service.client(),
            kept,
            Conversations.Timing.of(Duration.ofMinutes(1)),
            new RecordedConversations(),
            clock);
    pods = new SeenPods(conversations, desk, clock);
  }

  @AfterEach
  void stop() {
    pods.close();
    conversations.close();
    kept.close();
    service.close();
  }

  @Test
  void whatIsAgreedWhenAPodIsSeenIsForTheNext() throws Exception {
    service.script("app", commanding(new Command.Describe()), saying("{}"), commanding(WANTED));

    pods.seen(pod("uid-1", "app"));

    assertThat(desk.done.take()).isEqualTo("fetch team/pod-uid-1");
    assertThat(desk.done.take()).isEqualTo("describe");
    assertThat(desk.done.take()).isEqualTo("agreed app " + WANTED);
    assertThat(desk.done).isEmpty();
  }

  @Test
  void thePodIsNotFetchedWhereNobodyAsksForIt() throws Exception {
    pods.seen(pod("uid-1", "app"));
    assertThat(service.take().appId()).isEqualTo("app");
    service.script("other", commanding(WANTED));

    pods.seen(pod("uid-2", "other"));

    assertThat(desk.done.take()).isEqualTo("fetch team/pod-uid-2");
  }

  @Test
  void whatIsInForceIsNotAgreedAgain() throws Exception {
    kept.given("app", adjust("0.1"));
    service.script("app", failing(500));
    service.script("other", commanding(WANTED));

    pods.seen(pod("uid-1", "app"));
    assertThat(service.take().appId()).isEqualTo("app");
    pods.seen(pod("uid-2", "other"));

    assertThat(desk.done.take()).isEqualTo("fetch team/pod-uid-2");
  }

  @Test
  void speaksOfEachPodOnceAndNotOfOldOnes() throws Exception {
    Instant now = clock.instant();
    pods.seen(TestPods.pending("old", "a", PodMarks.NONE, now.minus(Duration.ofMinutes(2))));
    pods.seen(TestPods.ended("over", "b", PodMarks.NONE, now));
    pods.seen(TestPods.pending("not-ours", "", PodMarks.NONE, now));
    service.script("c", commanding(WANTED));
    pods.seen(pod("uid-1", "c"));
    assertThat(desk.done.take()).isEqualTo("fetch team/pod-uid-1");
    assertThat(desk.done.take()).isEqualTo("agreed c " + WANTED);
    pods.seen(pod("uid-1", "c"));

    pods.seen(pod("uid-2", "d"));

    assertThat(service.take()).extracting(Told::appId).isEqualTo("c");
    assertThat(service.take()).extracting(Told::appId).isEqualTo("d");
  }

  @Test
  void aPodThatIsGoneIsNotDescribed() throws Exception {
    desk.gone = true;
    service.script("app", commanding(new Command.Describe()));

    pods.seen(pod("uid-1", "app"));

    assertThat(desk.done.take()).isEqualTo("fetch team/pod-uid-1");
    assertThat(service.events()).containsExactly("WHATS_NEXT");
  }

  @Test
  void whatIsWantedLaterIsAgreedWithAPodOfTheApp() throws Exception {
    pods.wanted("app", new PodRef("uid-1", "team", "pod-uid-1"), WANTED);

    assertThat(desk.done).containsExactly("fetch team/pod-uid-1", "agreed app " + WANTED);
  }

  private Pod pod(String uid, String appId) {
    return TestPods.pending(uid, appId, PodMarks.NONE, clock.instant());
  }

  /// Has every pod, and remembers what it did.
  private static final class Desk implements SeenPods.PodDesk {
    private final LinkedBlockingQueue<String> done = new LinkedBlockingQueue<>();
    private volatile boolean gone;

    @Override
    public Optional<ObjectNode> fetch(PodRef pod) {
      done.add("fetch " + pod);
      return gone ? Optional.empty() : Optional.of(JsonMapper.shared().createObjectNode());
    }

    @Override
    public Description describe(ObjectNode pod) {
      done.add("describe");
      return new Description(Map.of(), Set.of());
    }

    @Override
    public void agreed(String appId, ObjectNode pod, Command.Adjust command) {
      done.add("agreed " + appId + " " + command);
    }
  }
}
