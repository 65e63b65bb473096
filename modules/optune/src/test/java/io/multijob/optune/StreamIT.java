package io.multijob.optune;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.optune.live.RunStream;
import io.multijob.optune.run.Runs;
import io.multijob.optune.store.RunStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class StreamIT {
  private static final RunStream.Settings CALM =
      new RunStream.Settings(
          2, Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofMillis(1), 100);

  private static final Limits AT_ONCE = new Limits(1_000, 10, Duration.ZERO);

  private final HttpClient http = HttpClient.newHttpClient();
  private RunStore store;
  private RunStream stream;
  private HttpListener listener;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    store = RunStore.open(directory);
    store.start();
    serve(CALM);
  }

  @AfterEach
  void close() throws IOException {
    stream.close();
    listener.close();
    store.close();
    http.shutdownNow();
  }

  @Test
  void sendsARunWhenItComes() throws Exception {
    try (BufferedReader events = follow("/", "")) {
      store.add(Runs.succeeded("pod-1", "ci/build", 2.345));

      List<String> event = next(events, "run");

      assertThat(event.get(1)).isEqualTo("id: 1");
      assertThat(event.get(2))
          .startsWith("data: {\"id\":\"pod-1\"")
          .contains("\"value\":2.345", "\"app_id\":\"ci/build\"");
    }
  }

  @Test
  void resumesAfterTheLastEventThatWasSeen() throws Exception {
    for (int i = 1; i <= 5; i++) {
      store.add(Runs.succeeded("pod-" + i, "a", 1));
    }

    try (BufferedReader events = follow("/?after=1", "3")) {
      assertThat(next(events, "run").get(1)).isEqualTo("id: 4");
      assertThat(next(events, "run").get(1)).isEqualTo("id: 5");
    }
    try (BufferedReader events = follow("/?after=4", "")) {
      assertThat(next(events, "run").get(1)).isEqualTo("id: 5");
    }
  }

  @Test
  void tellsAClientThatIsTooFarBehindToLoadAnew() throws Exception {
    for (int i = 1; i <= 102; i++) {
      store.add(Runs.succeeded("pod-" + i, "a", 1));
    }

    try (BufferedReader events = follow("/", "1")) {
      assertThat(next(events, "reset").get(1)).isEqualTo("id: 102");
    }
  }

  @Test
  void speaksWhenNothingHappens() throws Exception {
    serveAnew(
        new RunStream.Settings(
            2, Duration.ofMillis(20), Duration.ofMinutes(5), Duration.ofMillis(1), 100));

    try (BufferedReader events = follow("/", "")) {
      assertThat(next(events, "ping").get(1)).isEqualTo("data: {}");
    }
  }

  @Test
  void takesNoMoreClientsThanItMay() throws Exception {
    BufferedReader first = follow("/", "");
    BufferedReader second = follow("/", "");

    HttpResponse<InputStream> third = open("/", "");

    assertThat(third.statusCode()).isEqualTo(503);
    assertThat(third.headers().firstValue("retry-after")).hasValue("10");
    first.close();
    second.close();
  }

  @Test
  void refusesAnIdThatIsNone() throws Exception {

    assertThat(open("/?after=x", "").statusCode()).isEqualTo(400);
    assertThat(open("/", "-1").statusCode()).isEqualTo(400);
  }

  @Test
  void cutsOffAClientThatTakesNothing() throws Exception {
    serveAnew(
        new RunStream.Settings(
            1, Duration.ofMinutes(5), Duration.ofMillis(200), Duration.ofMillis(1), 1_000_000));
    String padding = "x".repeat(100_000);
    for (int i = 0; i < 200; i++) {
      store.add(Runs.succeeded("pod-" + i, "app-" + i, 1));
    }
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(4_096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
      socket
          .getOutputStream()
          .write(
              "GET /?after=0 HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      awaitClients(1);

      for (int i = 0; stream.clients() == 1; i++) {
        store.add(Runs.succeeded("more-" + i, padding.substring(0, 900) + i, 1));
      }

      assertThat(stream.clients()).isZero();
    }
  }

  @Test
  void endsItsStreamsWhenItCloses() throws Exception {
    BufferedReader events = follow("/", "");

    stream.close();

    awaitClients(0);
    events.close();
  }

  private void serve(RunStream.Settings settings) throws IOException {
    stream = new RunStream(store, settings);
    stream.start();
    listener = HttpListener.bindLoopback(AT_ONCE, stream::open);
    listener.start();
  }

  private void serveAnew(RunStream.Settings settings) throws IOException {
    stream.close();
    listener.close();
    serve(settings);
  }

  private BufferedReader follow(String path, String lastEventId) throws Exception {
    HttpResponse<InputStream> answer = open(path, lastEventId);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/event-stream");
    BufferedReader events =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
    assertThat(events.readLine()).startsWith("retry: ");
    assertThat(events.readLine()).isEmpty();
    return events;
  }

  private HttpResponse<InputStream> open(String path, String lastEventId) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + listener.port() + path));
    if (!lastEventId.isEmpty()) {
      request.header("Last-Event-ID", lastEventId);
    }
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  /// The lines of the next event, which is of the given kind.
  private static List<String> next(BufferedReader events, String kind) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = events.readLine(); line != null && !line.isEmpty(); ) {
      lines.add(line);
      line = events.readLine();
    }
    assertThat(lines).first().isEqualTo("event: " + kind);
    return lines;
  }

  /// The test's timeout ends the wait.
  private void awaitClients(int count) {
    while (stream.clients() != count) {
      Thread.onSpinWait();
    }
  }
}
