package io.multijob.servo.stats;

import static io.multijob.servo.watch.ScriptedApiServer.event;
import static io.multijob.servo.watch.ScriptedApiServer.list;
import static io.multijob.servo.watch.ScriptedApiServer.status;
import static io.multijob.servo.watch.ScriptedApiServer.watch;
import static io.multijob.servo.watch.ScriptedApiServer.watchAndBreak;
import static io.multijob.servo.watch.ScriptedApiServer.watchAndHold;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Response;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.retry.Backoff;
import io.multijob.servo.stats.StatsTiming.Posts;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.PodSource;
import io.multijob.servo.watch.PodWatches;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.ScriptedApiServer;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import io.multijob.servo.watch.WatchTiming;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// From the API server's stream to runs, while the stream breaks.
@Timeout(20)
final class InterruptedWatchIT {
  private final RecordingSink sink = new RecordingSink();
  private ScriptedApiServer server;
  private KubernetesApi api;
  private RunHandover handover;
  private PodWatches watches;

  @BeforeEach
  void wire(@TempDir Path directory) throws IOException {
    server = new ScriptedApiServer();
    api = server.client(directory);
    handover = new RunHandover(sink, sink, Duration.ofMillis(1));
    RunTracker tracker =
        new RunTracker(
            Set.of(Scope.ALL),
            handover,
            PostedStats.open(directory.resolve("posted"), InstantSource.system()),
            new RecordedHolds(),
            StatsTiming.of(Duration.ofSeconds(30), Posts.NOT_EXPECTED),
            InstantSource.system());
    Backoff quick = new Backoff(Duration.ofMillis(1), Duration.ofMillis(10));
    WatchTiming timing =
        new WatchTiming(
            Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ofSeconds(5), quick, quick);
    AppIdPath path = AppIdPath.parse("spec/containers/0/env/[JOBID]");
    watches =
        new PodWatches(Set.of(Scope.ALL), new PodSource(api, path, timing), tracker, new Unheard());
  }

  @AfterEach
  void stop() {
    watches.close();
    api.close();
    server.close();
  }

  @Test
  void b1_podsThatEndedBeforeTheStartAreReported() throws Exception {
    server
        .then(list("100", "more", PodJson.completed("p1", "1")))
        .then(list("100", "", PodJson.completed("p2", "2"), PodJson.running("p3", "3")))
        .then(watchAndHold());

    watches.start();

    assertThat(next(2)).containsExactlyInAnyOrder("p1 Completed", "p2 Completed");
  }

  @Test
  void b2_aDeletionOfAPodNeverSeenEndedDoesNotEndTheWatch() throws Exception {
    server
        .then(list("100", ""))
        .then(
            watchAndHold(
                event("DELETED", PodJson.pending("p1", "101")),
                event("DELETED", PodJson.pending("p2", "102").replace("nightly", "")),
                event("ADDED", PodJson.completed("p3", "103"))));

    watches.start();

    assertThat(next(2)).containsExactlyInAnyOrder("p1 Deleted", "p3 Completed");
  }

  @Test
  void b3_whatHappenedBehindA410IsFoundInTheNextList() throws Exception {
    server
        .then(list("100", "", PodJson.running("p1", "1"), PodJson.running("p2", "2")))
        .then(watch(event("ERROR", status(410, "Expired"))))
        .then(list("900", "", PodJson.completed("p1", "500")))
        .then(watchAndHold());

    watches.start();

    assertThat(next(2)).containsExactlyInAnyOrder("p1 Completed", "p2 Deleted");
  }

  @Test
  void b4_everyRunIsReportedOnceHoweverOftenTheConnectionBreaks() throws Exception {
    int pods = 200;
    server.then(list("1000", ""));
    List<String> events = new ArrayList<>();
    for (int i = 0; i < pods; i++) {
      events.add(event("ADDED", PodJson.running("p" + i, Integer.toString(2_000 + 2 * i))));
      events.add(event("MODIFIED", PodJson.completed("p" + i, Integer.toString(2_001 + 2 * i))));
    }
    int at = 0;
    for (int length = 1; at < events.size(); length++) {
      int end = Math.min(events.size(), at + length);
      List<String> lines = new ArrayList<>(events.subList(at, end));
      if (end < events.size()) {
        lines.add(events.get(end).substring(0, length * 7 % 300));
      }
      server.then(watchAndBreak(lines.toArray(String[]::new)));
      server.then(Response.text(500, "not now"));
      at = end;
    }
    server.then(watchAndHold());

    watches.start();

    assertThat(next(pods))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, pods).mapToObj(i -> "p" + i + " Completed").toList());
    handover.close();
    assertThat(sink.taken()).hasSize(pods);
  }

  private List<String> next(int count) throws InterruptedException {
    List<String> runs = new ArrayList<>();
    while (runs.size() < count) {
      Run run = sink.next();
      runs.add(run.id() + " " + run.end().cause().reason());
    }
    return runs;
  }

  /// Nobody listens to how the watches fare.
  private static final class Unheard implements WatchListener {
    @Override
    public void received(Scope scope) {}

    @Override
    public void listed(Scope scope, int pods) {}

    @Override
    public void watching(Scope scope) {}

    @Override
    public void failed(Scope scope, WatchProblem problem, int failures) {}
  }
}
