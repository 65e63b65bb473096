package io.multijob.bench.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ApiConnectionTest {
  private HttpListener listener;
  private ApiConnection connection;

  @BeforeEach
  void connect() throws IOException {
    Limits limits = new Limits(1 << 20, 10, Duration.ZERO);
    listener = HttpListener.bindLoopback(limits, ApiConnectionTest::answer);
    listener.start();
    connection = ApiConnection.open(ApiAddress.ofLoopback(listener.port()));
  }

  @AfterEach
  void disconnect() throws IOException {
    connection.close();
    listener.close();
  }

  private static Response answer(Request request) {
    return switch (request.path()) {
      case "/echo" -> Response.text(200, new String(request.body(), UTF_8));
      case "/pieces" ->
          Response.stream(
              "text/plain",
              out -> {
                out.write("one ".getBytes(UTF_8));
                out.flush();
                out.write("two".getBytes(UTF_8));
              });
      default -> Response.text(404, "nothing here");
    };
  }

  @Test
  void asksOneAfterAnotherOnTheSameConnection() throws IOException {
    assertThat(connection.send("POST", "/echo", "text/plain", "first").body()).isEqualTo("first");
    assertThat(connection.send("GET", "/pieces", "", "").body()).isEqualTo("one two");
    assertThat(connection.send("POST", "/echo", "text/plain", "last").body()).isEqualTo("last");
  }

  @Test
  void notesWhenTheAnswerWasThere() throws IOException {
    long before = System.nanoTime();

    long nanos = connection.send("GET", "/pieces", "", "").nanos();

    assertThat(nanos).isBetween(before, System.nanoTime());
  }

  @Test
  void readsAStreamToItsEnd() throws IOException {
    assertThat(new String(connection.stream("/pieces").readAllBytes(), UTF_8)).isEqualTo("one two");
  }

  @Test
  void saysWhatWasRefused() throws IOException {
    ApiConnection.Answer answer = connection.send("GET", "/no", "", "");

    assertThatThrownBy(() -> answer.orFail("a page"))
        .isInstanceOf(IOException.class)
        .hasMessage("a page was answered with 404: nothing here");
    assertThatThrownBy(() -> connection.stream("/no")).hasMessage("/no was answered with 404");
  }
}
