package io.multijob.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
final class HttpListenerTest {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private HttpListener listener = unbound();

  @AfterEach
  void stop() {
    listener.close();
    client.close();
  }

  @Test
  void givesTheHandlerWhatWasSent() throws Exception {
    listen(
        Limits.DEFAULT,
        request ->
            Response.text(
                200,
                "%s %s %s %s %s"
                    .formatted(
                        request.method(),
                        request.segments(),
                        request.query("a").orElse("-"),
                        request.header("X-Some").orElse("-"),
                        request.bodyText())));

    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(uri("/x%2Fy/z+1?a=b%20c&d"))
                .header("X-Some", "thing")
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(answer.body()).isEqualTo("POST [x/y, z+1] b c thing hello");
  }

  @ParameterizedTest
  @CsvSource({"10, 200", "11, 413", "1000000, 413"})
  void refusesABodyOverTheBound(int size, int status) throws Exception {
    listen(Limits.DEFAULT.withMaxBodyBytes(10), request -> Response.text(200, "ok"));
    byte[] body = new byte[size];

    HttpResponse<String> withLength =
        client.send(
            HttpRequest.newBuilder(uri("/"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    HttpResponse<String> chunked =
        client.send(
            HttpRequest.newBuilder(uri("/"))
                .POST(
                    HttpRequest.BodyPublishers.ofInputStream(
                        () -> new java.io.ByteArrayInputStream(body)))
                .build(),
            HttpResponse.BodyHandlers.ofString());

    assertThat(withLength.statusCode()).isEqualTo(status);
    assertThat(chunked.statusCode()).isEqualTo(status);
  }

  @Test
  void saysNothingOfAFailureInside() throws Exception {
    listen(
        Limits.DEFAULT,
        request -> {
          throw new IllegalStateException("secret");
        });

    HttpResponse<String> answer = get("/");

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).isEqualTo("internal error\n");
  }

  @Test
  void aStreamThatEndsIsWhole() throws Exception {
    listen(
        Limits.DEFAULT, request -> Response.stream("text/plain", out -> out.write(bytes("all"))));

    assertThat(get("/").body()).isEqualTo("all");
  }

  @Test
  void aStreamThatIsCutOffIsAnErrorForTheClient() throws Exception {
    listen(
        Limits.DEFAULT,
        request ->
            Response.stream(
                "text/plain",
                out -> {
                  out.write(bytes("half"));
                  out.flush();
                  throw new IOException("cut");
                }));

    assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
  }

  @Test
  void answersOneRequestTooManyWith503() throws Exception {
    var inside = new CountDownLatch(1);
    var leave = new CountDownLatch(1);
    listen(
        Limits.DEFAULT.withMaxRequests(1),
        request -> {
          inside.countDown();
          leave.await();
          return Response.text(200, "first");
        });
    var first =
        client.sendAsync(
            HttpRequest.newBuilder(uri("/")).build(), HttpResponse.BodyHandlers.ofString());
    inside.await();

    HttpResponse<String> second = get("/");
    leave.countDown();

    assertThat(second.statusCode()).isEqualTo(503);
    assertThat(first.join().body()).isEqualTo("first");
  }

  @Test
  void closingEndsAStreamInProgress() throws Exception {
    var inside = new CountDownLatch(1);
    listen(
        Limits.DEFAULT,
        request ->
            Response.stream(
                "text/plain",
                out -> {
                  inside.countDown();
                  new CountDownLatch(1).await();
                }));
    var stream =
        client.sendAsync(
            HttpRequest.newBuilder(uri("/")).build(), HttpResponse.BodyHandlers.ofString());
    inside.await();

    listener.close();

    assertThat(stream).failsWithin(java.time.Duration.ofSeconds(20));
  }

  private void listen(Limits limits, Handler handler) throws IOException {
    listener = HttpListener.bindLoopback(limits, handler);
    listener.start();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.port() + path);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static HttpListener unbound() {
    try {
      return HttpListener.bindLoopback(Limits.DEFAULT, request -> Response.empty(404));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
