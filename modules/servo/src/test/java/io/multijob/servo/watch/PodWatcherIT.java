package io.multijob.servo.watch;

import static io.multijob.servo.watch.ScriptedApiServer.bookmark;
import static io.multijob.servo.watch.ScriptedApiServer.event;
import static io.multijob.servo.watch.ScriptedApiServer.list;
import static io.multijob.servo.watch.ScriptedApiServer.status;
import static io.multijob.servo.watch.ScriptedApiServer.watch;
import static io.multijob.servo.watch.ScriptedApiServer.watchAndBreak;
import static io.multijob.servo.watch.ScriptedApiServer.watchAndHold;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.retry.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
final class PodWatcherIT {
  private static final Scope BATCH = new Scope("batch");
  private static final Duration SILENCE = Duration.ofSeconds(5);

  private final RecordingPodSink sink = new RecordingPodSink();
  private ScriptedApiServer server;
  private KubernetesApi api;
  private PodWatcher watcher;

  @BeforeEach
  void startServer(@TempDir Path directory) throws IOException {
    server = new ScriptedApiServer();
    api = server.client(directory);
    watcher = watcher(SILENCE);
  }

  @AfterEach
  void stop() {
    watcher.close();
    api.close();
    server.close();
  }

  @Test
  void listsInPagesOnlyOneTimePodsAndFollowsByAWatchFromThere() throws Exception {
    server
        .then(list("100", "a b+/=", PodJson.running("p1", "7")))
        .then(list("100", "", PodJson.pending("p2", "8")))
        .then(watchAndHold(event("MODIFIED", PodJson.running("p2", "101"))));

    watcher.start();

    assertThat(told(5))
        .containsExactly(
            "listing batch",
            "seen p1 RUNNING",
            "seen p2 PENDING",
            "listed batch",
            "seen p2 RUNNING");
    Request first = server.request();
    assertThat(first.path()).isEqualTo("/api/v1/namespaces/batch/pods");
    assertThat(first.query("fieldSelector")).hasValue("spec.restartPolicy=Never");
    assertThat(first.query("limit")).hasValue("500");
    assertThat(first.header("Authorization")).hasValue("Bearer secret");
    assertThat(server.request().query("continue")).hasValue("a b+/=");
    Request follows = server.request();
    assertThat(follows.query("watch")).hasValue("true");
    assertThat(follows.query("resourceVersion")).hasValue("100");
    assertThat(follows.query("allowWatchBookmarks")).hasValue("true");
    assertThat(follows.query("timeoutSeconds")).hasValue("300");
    assertThat(follows.query("fieldSelector")).hasValue("spec.restartPolicy=Never");
  }

  @Test
  void oneWatchCoversTheWholeCluster() throws Exception {
    watcher.close();
    watcher = new PodWatcher(Scope.ALL, source(SILENCE), sink, sink);
    server.then(list("100", "")).then(watchAndHold());

    watcher.start();

    assertThat(server.request().path()).isEqualTo("/api/v1/pods");
  }

  @Test
  void b4_aWatchThatEndsAtItsTimeoutIsTakenUpWhereItEnded() throws Exception {
    server
        .then(list("100", ""))
        .then(watch(event("ADDED", PodJson.pending("p1", "101")), bookmark("150")))
        .then(watchAndHold(event("DELETED", PodJson.completed("p1", "151"))));

    watcher.start();

    assertThat(told(4))
        .containsExactly("listing batch", "listed batch", "seen p1 PENDING", "gone p1");
    server.request();
    server.request();
    assertThat(server.request().query("resourceVersion")).hasValue("150");
  }

  @Test
  void aConnectionThatBreaksInTheMiddleOfAnEventIsTakenUpAfterTheLastWholeOne() throws Exception {
    String second = event("MODIFIED", PodJson.completed("p1", "102"));
    server
        .then(list("100", ""))
        .then(watchAndBreak(event("ADDED", PodJson.pending("p1", "101")), second.substring(0, 200)))
        .then(watchAndHold(second));

    watcher.start();

    assertThat(told(4))
        .containsExactly("listing batch", "listed batch", "seen p1 PENDING", "seen p1 SUCCEEDED");
    server.request();
    server.request();
    assertThat(server.request().query("resourceVersion")).hasValue("101");
  }

  @Test
  void b3_a410AsAnEventListsAnewAndGoesOn() throws Exception {
    server
        .then(list("100", "", PodJson.running("p1", "7")))
        .then(watch(event("ERROR", status(410, "Expired"))))
        .then(list("200", "", PodJson.running("p2", "9")))
        .then(watchAndHold(event("MODIFIED", PodJson.completed("p2", "201"))));

    watcher.start();

    assertThat(told(7))
        .containsExactly(
            "listing batch",
            "seen p1 RUNNING",
            "listed batch",
            "listing batch",
            "seen p2 RUNNING",
            "listed batch",
            "seen p2 SUCCEEDED");
    assertThat(toldOfWatch(5))
        .containsExactly("listed 1", "watching", "EXPIRED 1", "listed 1", "watching");
  }

  @Test
  void b3_a410AsTheStatusListsAnewAndGoesOn() throws Exception {
    server
        .then(list("100", ""))
        .then(Response.json(410, status(410, "Expired")))
        .then(list("200", "", PodJson.running("p2", "9")))
        .then(watchAndHold());

    watcher.start();

    assertThat(told(5))
        .containsExactly(
            "listing batch", "listed batch", "listing batch", "seen p2 RUNNING", "listed batch");
  }

  @Test
  void aListWhosePagesExpireIsReadInOne() throws Exception {
    server
        .then(list("100", "next", PodJson.running("p1", "7")))
        .then(Response.json(410, status(410, "Expired")))
        .then(list("200", "", PodJson.running("p1", "7"), PodJson.running("p2", "8")))
        .then(watchAndHold());

    watcher.start();

    assertThat(told(6))
        .containsExactly(
            "listing batch",
            "seen p1 RUNNING",
            "listing batch",
            "seen p1 RUNNING",
            "seen p2 RUNNING",
            "listed batch");
    server.request();
    server.request();
    assertThat(server.request().query("limit")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "500, REFUSED",
    "429, BUSY",
    "503, BUSY",
  })
  void saysWhyTheServerRefusesAndTriesAgain(int code, String kind) throws Exception {
    server
        .then(Response.json(code, status(code, "Because")))
        .then(list("100", ""))
        .then(watchAndHold());

    watcher.start();

    assertThat(toldOfWatch(3)).containsExactly(kind + " 1", "listed 0", "watching");
  }

  @Test
  void waitsAsLongAsTheServerAsks() throws Exception {
    server
        .then(Response.json(429, status(429, "TooManyRequests")).with("Retry-After", "1"))
        .then(list("100", ""))
        .then(watchAndHold());

    watcher.start();
    server.request();
    long refused = System.nanoTime();
    server.request();

    assertThat(Duration.ofNanos(System.nanoTime() - refused)).isGreaterThan(Duration.ofMillis(900));
  }

  @Test
  void saysThatItsCredentialsAreRefusedAndTriesAgain() throws Exception {
    server
        .then(Response.json(401, status(401, "Unauthorized")))
        .then(list("100", ""))
        .then(watchAndHold());

    watcher.start();

    assertThat(toldOfWatch(3)).containsExactly("UNAUTHORIZED 1", "listed 0", "watching");
  }

  @Test
  void b3_anErrorEventOfAnotherKindDoesNotEndIt() throws Exception {
    server
        .then(list("100", ""))
        .then(watch(event("ERROR", status(500, "InternalError"))))
        .then(watchAndHold(event("ADDED", PodJson.pending("p1", "101"))));

    watcher.start();

    assertThat(told(3)).containsExactly("listing batch", "listed batch", "seen p1 PENDING");
    assertThat(toldOfWatch(4)).containsExactly("listed 0", "watching", "REFUSED 1", "watching");
  }

  @Test
  void b4_garbageInTheStreamDoesNotEndItAndIsNotReadForEver() throws Exception {
    server.then(list("100", ""));
    for (int i = 0; i < 3; i++) {
      server.then(watch("<html>502 Bad Gateway</html>\n"));
    }
    server.then(list("200", "", PodJson.running("p1", "9"))).then(watchAndHold());

    watcher.start();

    assertThat(told(5))
        .containsExactly(
            "listing batch", "listed batch", "listing batch", "seen p1 RUNNING", "listed batch");
    assertThat(toldOfWatch(8))
        .containsExactly(
            "listed 0",
            "watching",
            "GARBLED 1",
            "watching",
            "GARBLED 2",
            "watching",
            "GARBLED 3",
            "listed 1");
  }

  /// A list would tell less of what has happened meanwhile.
  @Test
  void aServerThatIsBusyIsAskedAgainForWhatFollowsAndNotForAList() throws Exception {
    server.then(list("100", ""));
    for (int i = 0; i < 4; i++) {
      server.then(Response.json(429, status(429, "TooManyRequests")));
    }
    server.then(watchAndHold(event("ADDED", PodJson.pending("p1", "101"))));

    watcher.start();

    assertThat(told(3)).containsExactly("listing batch", "listed batch", "seen p1 PENDING");
    assertThat(toldOfWatch(6))
        .containsExactly("listed 0", "BUSY 1", "BUSY 2", "BUSY 3", "BUSY 4", "watching");
  }

  @Test
  void aConnectionThatFallsSilentIsGivenUp() throws Exception {
    watcher.close();
    watcher = watcher(Duration.ofMillis(300));
    server
        .then(list("100", ""))
        .then(watchAndHold(event("ADDED", PodJson.pending("p1", "101"))))
        .then(watchAndHold(event("MODIFIED", PodJson.running("p1", "102"))));

    watcher.start();

    assertThat(told(4))
        .containsExactly("listing batch", "listed batch", "seen p1 PENDING", "seen p1 RUNNING");
    assertThat(toldOfWatch(3)).containsExactly("listed 0", "watching", "UNREACHABLE 1");
  }

  @Test
  void aServerThatNeverAnswersIsGivenUp() throws Exception {
    watcher.close();
    watcher = watcher(Duration.ofMillis(200));

    watcher.start();

    assertThat(toldOfWatch(2)).containsExactly("UNREACHABLE 1", "UNREACHABLE 2");
  }

  @Test
  void aServerThatIsNotThereIsTriedAgain() throws Exception {
    server.close();

    watcher.start();

    assertThat(toldOfWatch(2)).containsExactly("UNREACHABLE 1", "UNREACHABLE 2");
  }

  @Test
  void closingEndsAWatchInProgress() throws Exception {
    server.then(list("100", "")).then(watchAndHold());
    watcher.start();
    toldOfWatch(2);

    long begin = System.nanoTime();
    watcher.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SILENCE);
  }

  private PodWatcher watcher(Duration silence) {
    return new PodWatcher(BATCH, source(silence), sink, sink);
  }

  private PodSource source(Duration silence) {
    Backoff quick = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20));
    return new PodSource(
        api,
        AppIdPath.parse("spec/containers/0/env/[JOBID]"),
        new WatchTiming(Duration.ofMinutes(5), silence, silence, quick, quick));
  }

  private List<String> told(int count) throws InterruptedException {
    List<String> told = new ArrayList<>();
    while (told.size() < count) {
      told.add(sink.next());
    }
    return told;
  }

  private List<String> toldOfWatch(int count) throws InterruptedException {
    List<String> told = new ArrayList<>();
    while (told.size() < count) {
      told.add(sink.nextOfWatch());
    }
    return told;
  }
}
