package io.multijob.podmon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
final class ReportPostTest {
  private static final String REPORT = "{\"id\":\"ü\"}";

  private final ServerSocket server = listen();
  private final CompletableFuture<String> request = new CompletableFuture<>();

  @BeforeEach
  void setTimeout() throws IOException {
    server.setSoTimeout(10_000);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  @Test
  void postsOneRequestThatAnyHttpServerUnderstands() throws Exception {
    answer("HTTP/1.1 204 No Content\r\n\r\n");

    String problem = ReportPost.send(target(), REPORT);

    assertThat(problem).isEmpty();
    assertThat(request.get())
        .isEqualTo(
            "POST / HTTP/1.1\r\nHost: 127.0.0.1:"
                + server.getLocalPort()
                + "\r\nContent-Type: application/json\r\nContent-Length: 11\r\n"
                + "Connection: close\r\n\r\n"
                + REPORT);
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1 200 OK, ''",
    "HTTP/1.0 204, ''",
    "HTTP/1.1 503 Not yet, answered HTTP/1.1 503 Not yet",
    "HTTP/1.1 2000, answered HTTP/1.1 2000",
    "SSH-2.0, answered SSH-2.0"
  })
  void isTakenWith200And204(String status, String problem) throws Exception {
    answer(status + "\r\n\r\n");

    assertThat(ReportPost.send(target(), REPORT)).isEqualTo(problem);
  }

  @Test
  void saysThatTheConnectionWasClosed() throws Exception {
    answer("");

    assertThat(ReportPost.send(target(), REPORT))
        .isEqualTo("the connection was closed without an answer");
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    ReportTarget target = target();
    server.close();

    assertThat(ReportPost.send(target, REPORT)).contains("ConnectException");
  }

  @Test
  void givesUpAfterTwoSeconds() throws Exception {
    Instant before = Instant.now();

    String problem = ReportPost.send(target(), REPORT);

    assertThat(problem).containsAnyOf("no answer within 2 s", "timed out");
    assertThat(Duration.between(before, Instant.now()))
        .isBetween(Duration.ofMillis(1_900), Duration.ofMillis(3_500));
  }

  private ReportTarget target() {
    return new ReportTarget("127.0.0.1", server.getLocalPort());
  }

  /// Takes one request and answers `text`.
  private void answer(String text) {
    Thread.ofVirtual()
        .start(() -> {
          try (var socket = server.accept()) {
            request.complete(read(socket.getInputStream()));
            socket.getOutputStream().write(text.getBytes(UTF_8));
          } catch (IOException e) {
            request.completeExceptionally(e);
          }
        });
  }

  /// Reads up to the end of the report.
  private static String read(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (!bytes.toString(UTF_8).endsWith(REPORT)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended early: " + bytes.toString(UTF_8));
      }
      bytes.write(next);
    }
    return bytes.toString(UTF_8);
  }

  private static ServerSocket listen() {
    try {
      return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
