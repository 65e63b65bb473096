package io.multijob.servo.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.servo.measurement.RunStats;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.TreePods;
import io.multijob.servo.stats.StatsTiming.Posts;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@Timeout(20)
final class StatsEndpointTest {
  private static final AppIdPath PATH = AppIdPath.parse("spec/containers/0/env/[JOBID]");
  private static final String FIGURES =
      "{\"id\":\"p1\",\"stats\":{\"cpu_time\":1000,\"max_usage\":4096}}";

  private final RecordingSink sink = new RecordingSink();
  private RunTracker tracker;
  private HttpListener listener;
  private HttpClient client;

  @BeforeEach
  void listen(@TempDir Path directory) throws IOException {
    SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:10Z"));
    tracker =
        new RunTracker(
            Set.of(Scope.ALL),
            new RunHandover(sink, sink, Duration.ofMillis(1)),
            PostedStats.open(directory, clock),
            new RecordedHolds(),
            StatsTiming.of(Duration.ofSeconds(30), Posts.EXPECTED),
            clock);
    listener =
        HttpListener.bindLoopback(
            new Limits(StatsEndpoint.MAX_BODY_BYTES, 100, Duration.ZERO),
            new StatsEndpoint(tracker));
    listener.start();
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  @Test
  void b31_figuresOfARunningPodAreAcceptedAtOnceOnAnyPath() throws Exception {
    see(PodJson.running("p1", "1"));

    assertThat(post("/any/path", FIGURES)).isEqualTo(204);

    see(PodJson.completed("p1", "2"));
    assertThat(sink.next().stats()).isInstanceOf(RunStats.Counted.class);
  }

  @Test
  void figuresOfAReportedPodAreAcceptedAndDropped() throws Exception {
    see(PodJson.completed("p1", "2"));
    sink.next();

    assertThat(post("/", FIGURES)).isEqualTo(204);
  }

  @Test
  void b32_figuresOfAnUnknownPodAreNotFoundOnceAllPodsAreListed() throws Exception {
    assertThat(post("/", FIGURES)).isEqualTo(503);

    tracker.listing(Scope.ALL);
    tracker.listed(Scope.ALL);

    assertThat(post("/", FIGURES)).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"id\":\"../../etc\",\"stats\":{}}", "{\"id\":\"p1\"}"})
  void b31_whatIsNoReportIsRefused(String body) throws Exception {
    assertThat(post("/", body)).isEqualTo(400);
  }

  @Test
  void b32_aBodyThatIsTooLargeIsRefused() throws Exception {
    see(PodJson.running("p1", "1"));

    assertThat(post("/", FIGURES + " ".repeat(StatsEndpoint.MAX_BODY_BYTES))).isEqualTo(413);
  }

  @Test
  void onlyPostsAreTaken() throws Exception {
    HttpRequest get = HttpRequest.newBuilder(uri("/")).GET().build();

    assertThat(client.send(get, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(405);
  }

  private void see(String pod) throws InterruptedException {
    tracker.seen(TreePods.read(JsonMapper.shared().readTree(pod), PATH));
  }

  private int post(String path, String body) throws IOException, InterruptedException {
    HttpRequest post =
        HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)).build();
    return client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.port() + path);
  }
}
