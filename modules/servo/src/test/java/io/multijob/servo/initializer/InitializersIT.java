package io.multijob.servo.initializer;

import static io.multijob.servo.initializer.LegacyCluster.FIRST;
import static io.multijob.servo.initializer.LegacyCluster.LAST;
import static io.multijob.servo.initializer.LegacyCluster.foreign;
import static io.multijob.servo.initializer.LegacyCluster.ours;
import static io.multijob.servo.initializer.LegacyCluster.pending;
import static io.multijob.servo.initializer.LegacyCluster.waitingFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.Fault;
import io.multijob.sandbox.api.Requests;
import io.multijob.servo.initializer.InitializerListener.Ending;
import io.multijob.servo.kubernetes.ClusterFeatures;
import io.multijob.servo.retry.Backoff;
import io.multijob.servo.watch.WatchTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(40)
final class InitializersIT {
  private static final Backoff SHORT = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));
  private static final InitializerTiming TIMING =
      new InitializerTiming(
          Duration.ofSeconds(20),
          SHORT,
          new WatchTiming(
              Duration.ofSeconds(30),
              Duration.ofSeconds(40),
              Duration.ofSeconds(10),
              SHORT,
              SHORT));

  private final RecordedEndings endings = new RecordedEndings();
  private LegacyCluster cluster;
  private Initializers initializers;

  @BeforeEach
  void startCluster(@TempDir Path directory) throws IOException {
    cluster = new LegacyCluster(directory);
    initializers = initializers(InitializersIT::withPodmon, TIMING);
  }

  @AfterEach
  void stop() {
    initializers.close();
    cluster.close();
  }

  @Test
  void suchAClusterSaysThatItHasInitializers() throws Exception {
    ClusterFeatures features = ClusterFeatures.ask(cluster.api());

    assertThat(features.initializers()).isTrue();
    assertThat(features.nativeSidecars()).isFalse();
  }

  @Test
  void aPodOfOursIsChangedAndInitialized() throws Exception {
    initializers.start();

    ObjectNode created = cluster.create(ours("p"));

    assertThat(hasPodmon(created)).isTrue();
    assertThat(created.path("metadata").has("initializers")).isFalse();
    assertThat(endings.next()).isEqualTo(Ending.CHANGED);
  }

  @Test
  void anotherPodIsLetGoAsItIsInAnyNamespace() throws Exception {
    cluster.createNamespace("elsewhere");
    initializers.start();

    ObjectNode created = cluster.create(foreign("elsewhere", "p"));

    assertThat(created.at("/spec/containers")).hasSize(1);
    assertThat(created.path("spec").has("initContainers")).isFalse();
    assertThat(created.path("metadata").has("annotations")).isFalse();
    assertThat(endings.next()).isEqualTo(Ending.UNCHANGED);
  }

  @Test
  void whileAnotherInitializerIsBeforeUsThePodIsLeft() throws Exception {
    initializers.start();
    cluster.createUninitialized(waitingFor(ours("later"), FIRST, PendingPod.NAME));
    cluster.create(ours("now")); // told by the same watch, afterwards
    endings.next();

    assertThat(pending(cluster.get("later"))).containsExactly(FIRST, PendingPod.NAME);
    assertThat(hasPodmon(cluster.get("later"))).isFalse();

    cluster.patch(
        "later",
        "{\"metadata\":{\"initializers\":{\"pending\":[{\"$patch\":\"delete\",\"name\":\"%s\"}]}}}"
            .formatted(FIRST));
    assertThat(endings.next()).isEqualTo(Ending.CHANGED);
    assertThat(pending(cluster.get("later"))).isEmpty();
    assertThat(hasPodmon(cluster.get("later"))).isTrue();
  }

  @Test
  void thoseAfterUsStay() throws Exception {
    initializers.start();

    cluster.createUninitialized(waitingFor(ours("p"), PendingPod.NAME, LAST));
    cluster.createUninitialized(waitingFor(foreign("default", "q"), PendingPod.NAME, LAST));

    assertThat(endings.next(2)).containsExactlyInAnyOrder(Ending.CHANGED, Ending.UNCHANGED);
    assertThat(pending(cluster.get("p"))).containsExactly(LAST);
    assertThat(hasPodmon(cluster.get("p"))).isTrue();
    assertThat(pending(cluster.get("q"))).containsExactly(LAST);
  }

  @Test
  void aSlowConversationHoldsUpNoOtherPod() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    initializers =
        initializers(
            pod -> {
              if (nameOf(pod).equals("slow")) {
                answer.await();
              }
              return withPodmon(pod);
            },
            TIMING);
    initializers.start();
    FutureTask<ObjectNode> slow = new FutureTask<>(() -> cluster.create(ours("slow")));
    Thread.ofVirtual().start(slow);

    for (int i = 0; i < 20; i++) {
      assertThat(hasPodmon(cluster.create(ours("quick" + i)))).isTrue();
    }
    assertThat(slow.isDone()).isFalse();
    answer.countDown();

    assertThat(hasPodmon(slow.get())).isTrue();
  }

  @Test
  void whatIsToBeChangedIsNotWaitedForLongerThanItMay() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    initializers =
        initializers(
            pod -> {
              never.await();
              return withPodmon(pod);
            },
            new InitializerTiming(Duration.ofMillis(50), SHORT, TIMING.watch()));
    initializers.start();

    ObjectNode created = cluster.create(ours("p"));

    assertThat(hasPodmon(created)).isFalse();
    assertThat(endings.next()).isEqualTo(Ending.GIVEN_UP);
  }

  @Test
  void podsThatWaitWhileNoServoRunsAreLetGoByTheNext() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    initializers =
        initializers(
            pod -> {
              begun.countDown();
              never.await();
              return withPodmon(pod);
            },
            TIMING);
    cluster.createUninitialized(ours("before"));
    initializers.start();
    begun.await();
    initializers.close();
    cluster.createUninitialized(ours("between"));

    initializers = initializers(InitializersIT::withPodmon, TIMING);
    initializers.start();

    assertThat(endings.next()).isEqualTo(Ending.CHANGED);
    assertThat(endings.next()).isEqualTo(Ending.CHANGED);
    assertThat(hasPodmon(cluster.get("before"))).isTrue();
    assertThat(hasPodmon(cluster.get("between"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 409, 422, 429, 500, 502, 503, 504})
  void b10_aPatchThatFailsIsTriedAgain(int code) throws Exception {
    cluster.server().faults().inject(Fault.once(Requests.withMethod("PATCH"), Fault.refusal(code)));
    initializers.start();

    ObjectNode created = cluster.create(ours("p"));

    assertThat(created.path("metadata").has("initializers")).isFalse();
    assertThat(cluster.server().faults().areSpent()).isTrue();
    assertThat(endings.next()).isIn(Ending.CHANGED, Ending.GIVEN_UP);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503})
  void b10_andWhatOnlyWasNotTakenNowIsChangedStill(int code) throws Exception {
    cluster
        .server()
        .faults()
        .inject(Fault.once(Requests.withMethod("PATCH"), Fault.refusal(code)).times(2));
    initializers.start();

    assertThat(hasPodmon(cluster.create(ours("p")))).isTrue();
  }

  @Test
  void b10_soIsOneOfWhichNoAnswerComes() throws Exception {
    cluster.server().faults().inject(Fault.once(Requests.withMethod("PATCH"), new Fault.HangUp()));
    initializers.start();

    assertThat(hasPodmon(cluster.create(ours("p")))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 413})
  void b10_aChangeThatIsRefusedIsNotTriedAgainAndThePodIsLetGo(int code) throws Exception {
    cluster.server().faults().inject(Fault.once(Requests.withMethod("PATCH"), Fault.refusal(code)));
    initializers.start();

    ObjectNode created = cluster.create(ours("p"));

    assertThat(hasPodmon(created)).isFalse();
    assertThat(endings.next()).isEqualTo(Ending.GIVEN_UP);
  }

  @Test
  void b10_aPodMayBeLetGoOnlyLaterAndIsThen() throws Exception {
    cluster
        .server()
        .faults()
        .inject(Fault.once(Requests.withMethod("PATCH"), Fault.refusal(403)).times(6));
    initializers.start();

    assertThat(cluster.create(ours("p")).path("metadata").has("initializers")).isFalse();
    assertThat(endings.delays()).isPositive();
  }

  @Test
  void b10_aPodThatIsGoneMeanwhileEndsNothing() throws Exception {
    initializers =
        initializers(
            pod -> {
              if (nameOf(pod).equals("gone")) {
                cluster.delete("gone");
              }
              return withPodmon(pod);
            },
            TIMING);
    initializers.start();

    cluster.createUninitialized(ours("gone"));

    assertThat(endings.next()).isEqualTo(Ending.GONE);
    assertThat(hasPodmon(cluster.create(ours("p")))).isTrue();
  }

  @Test
  void b22_aChangeThatIsNotValidLetsThePodGoUnchanged() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    initializers =
        initializers(
            pod -> {
              asked.incrementAndGet();
              ((ObjectNode) pod.at("/spec/containers/0")).put("name", "NOT VALID");
              return pod;
            },
            TIMING);
    initializers.start();

    ObjectNode created = cluster.create(ours("p"));

    assertThat(created.at("/spec/containers/0/name").asString()).isEqualTo("main");
    assertThat(endings.next()).isEqualTo(Ending.GIVEN_UP);
    assertThat(asked).hasValue(1);
  }

  @Test
  void whatAnotherChangesMeanwhileIsKeptAndLookedAtAnew() throws Exception {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    initializers =
        initializers(
            pod -> {
              if (nameOf(pod).equals("p") && seen.add("p")) {
                cluster.patch(nameOf(pod), "{\"metadata\":{\"annotations\":{\"theirs\":\"1\"}}}");
              }
              return withPodmon(pod);
            },
            TIMING);
    initializers.start();

    ObjectNode created = cluster.create(ours("p"));

    assertThat(created.at("/metadata/annotations/theirs").asString()).isEqualTo("1");
    assertThat(hasPodmon(created)).isTrue();
    cluster.create(foreign("default", "next"));
    assertThat(endings.next(2)).containsExactly(Ending.CHANGED, Ending.UNCHANGED); // once each
  }

  /// What can go wrong in finding out what is to be changed.
  enum Defect {
    OURS,
    SURROUNDINGS,
    INTERRUPTED
  }

  @ParameterizedTest
  @EnumSource
  void whateverFailsThePodStarts(Defect defect) throws Exception {
    initializers =
        initializers(
            pod ->
                switch (defect) {
                  case OURS -> throw new IllegalStateException("a defect");
                  case SURROUNDINGS -> throw new IOException("nobody there");
                  case INTERRUPTED -> {
                    Thread.currentThread().interrupt();
                    Thread.sleep(Duration.ofSeconds(1));
                    yield withPodmon(pod);
                  }
                },
            TIMING);
    initializers.start();

    ObjectNode created = cluster.create(ours("p"));

    assertThat(hasPodmon(created)).isFalse();
    assertThat(endings.next()).isEqualTo(Ending.GIVEN_UP);
  }

  @Test
  void b3_aWatchThatExpiresIsFollowedByAnotherList() throws Exception {
    cluster.server().faults().inject(Fault.once(Requests.watches("pods"), new Fault.Expiry()));
    initializers.start();

    assertThat(hasPodmon(cluster.create(ours("p")))).isTrue();
  }

  @Test
  void b3_soIsOneThatExpiresLater() throws Exception {
    cluster.server().faults().inject(Fault.once(Requests.watches("pods"), new Fault.EventExpiry()));
    initializers.start();

    assertThat(hasPodmon(cluster.create(ours("p")))).isTrue();
    assertThat(hasPodmon(cluster.create(ours("q")))).isTrue();
  }

  @Test
  void b3_whatEndsAWatchEndsNothingElse() throws Exception {
    cluster
        .server()
        .faults()
        .inject(Fault.once(Requests.lists("pods"), Fault.refusal(503)).times(2));
    cluster.server().faults().inject(Fault.once(Requests.watches("pods"), new Fault.HangUp()));
    cluster.server().faults().inject(Fault.once(Requests.watches("pods"), new Fault.Garbage()));
    cluster.server().faults().inject(Fault.once(Requests.watches("pods"), new Fault.Cut()));
    initializers.start();

    for (int i = 0; i < 5; i++) {
      assertThat(hasPodmon(cluster.create(ours("p" + i)))).isTrue();
    }
    assertThat(cluster.server().faults().areSpent()).isTrue();
    assertThat(initializers.problem()).isEmpty();
  }

  @Test
  void b3_anAPIServerThatIsRestartedIsFollowedOn() throws Exception {
    initializers.start();
    cluster.create(ours("before"));

    cluster.server().stop();
    cluster.server().start();

    assertThat(hasPodmon(cluster.create(ours("after")))).isTrue();
  }

  @Test
  void itIsSaidWhenNoPodCanBeSeen() {
    assertThat(initializers.problem()).hasValue("pods are not listed yet");
  }

  private Initializers initializers(PodChange change, InitializerTiming timing) {
    return new Initializers(cluster.api(), change, timing, endings);
  }

  /// Puts podmon into a pod that has an app.
  private static ObjectNode withPodmon(ObjectNode pod) {
    if (pod.at("/metadata/labels/app").asString("").isEmpty()) {
      return pod;
    }
    ObjectNode spec = (ObjectNode) pod.path("spec");
    ((ArrayNode) spec.path("containers"))
        .addObject()
        .put("name", "zzzzmonitor")
        .put("image", "podmon");
    ObjectNode volume = spec.putArray("volumes").addObject().put("name", "zzzzmonitor-cgroup");
    volume.putObject("hostPath").put("path", "/sys/fs/cgroup");
    return pod;
  }

  private static boolean hasPodmon(JsonNode pod) {
    return pod.at("/spec/containers/1/name").asString("").equals("zzzzmonitor")
        && pod.at("/spec/volumes/0/name").asString("").equals("zzzzmonitor-cgroup");
  }

  private static String nameOf(JsonNode pod) {
    return pod.at("/metadata/name").asString();
  }
}
