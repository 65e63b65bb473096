package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Answer;
import io.multijob.protocol.Command;
import io.multijob.protocol.Goodbye;
import io.multijob.protocol.ServiceUrl;
import io.multijob.protocol.WhatsNext;
import io.multijob.servo.report.Delivery.Accepted;
import io.multijob.servo.report.Delivery.Refused;
import io.multijob.servo.report.Delivery.Unreachable;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class OptuneClientTest {
  private static final String TOKEN = "s3cr3t-t0k3n";
  private static final Report REPORT = new Report("uid-1", "team/report 1", "{\"event\":\"X\"}");

  private final SettableClock clock = new SettableClock();
  private final Queue<Response> answers = new ConcurrentLinkedQueue<>();
  private final LinkedBlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private HttpListener listener;
  private OptuneClient client;

  @BeforeEach
  void start() throws IOException {
    listener =
        HttpListener.bindLoopback(
            Limits.DEFAULT,
            request -> {
              requests.add(request);
              Response answer = answers.poll();
              return answer == null ? Response.json(200, "{\"status\":\"ok\"}") : answer;
            });
    listener.start();
    client = client(listener.port(), AuthToken.of(TOKEN));
  }

  @AfterEach
  void stop() {
    client.close();
    listener.close();
  }

  @Test
  void postsTheReportToItsAppWithItsIdAsIdempotencyKey() throws Exception {
    assertThat(client.deliver(REPORT)).isEqualTo(new Accepted());

    Request request = requests.take();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.path()).isEqualTo("/metrics/me/team%2Freport%201/servo");
    assertThat(request.bodyText()).isEqualTo(REPORT.body());
    assertThat(request.header("Content-Type")).contains("application/json");
    assertThat(request.header("Idempotency-Key")).contains("uid-1");
    assertThat(request.header("User-Agent")).contains("servo-k8s-multijob/1");
    assertThat(request.header("Authorization")).contains("Bearer " + TOKEN);
  }

  @Test
  void sendsNoAuthorizationWithoutAToken() throws Exception {
    try (OptuneClient anonymous = client(listener.port(), AuthToken.NONE)) {
      assertThat(anonymous.deliver(REPORT)).isEqualTo(new Accepted());
    }

    assertThat(requests.take().header("Authorization")).isEmpty();
  }

  @Test
  void tellsOfTheServoItselfUnderTheGlobalApp() throws Exception {
    Delivery told = client.tell(new Goodbye("me", "signal 15"), Duration.ofSeconds(10));

    assertThat(told).isEqualTo(new Accepted());
    Request request = requests.take();
    assertThat(request.path()).isEqualTo("/metrics/me/_global_/servo");
    assertThat(request.bodyText())
        .isEqualTo(
            "{\"event\":\"GOODBYE\",\"param\":{\"account\":\"me\",\"reason\":\"signal 15\"}}");
    assertThat(request.header("Idempotency-Key")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 202, 204})
  void takesEverySuccessWhateverItsBody(int status) throws Exception {
    answers.add(status == 204 ? Response.empty(204) : Response.text(status, "not json"));

    assertThat(client.deliver(REPORT)).isEqualTo(new Accepted());
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 302, 307, 408, 425, 429, 500, 501, 502, 503, 504, 599})
  void whatMayPassIsTriedAgain(int status) throws Exception {
    answers.add(Response.text(status, "why\nmore").with("Location", "http://127.0.0.1:1/"));

    assertThat(client.deliver(REPORT))
        .isEqualTo(new Unreachable("status " + status + ": why", Duration.ZERO));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 409, 410, 413, 415, 422, 451})
  void otherErrorsOfOursAreFinal(int status) throws Exception {
    answers.add(Response.text(status, "why\nmore"));

    assertThat(client.deliver(REPORT)).isEqualTo(new Refused("status " + status + ": why"));
  }

  @ParameterizedTest
  @CsvSource({
    "429, 7, PT7S",
    "503, 'Sun, 22 Nov 2026 10:00:30 GMT', PT30S",
    "503, soon, PT0S",
    "302, 5, PT5S"
  })
  void honoursRetryAfterInBothForms(int status, String retryAfter, Duration pause)
      throws Exception {
    answers.add(Response.empty(status).with("Retry-After", retryAfter));

    assertThat(client.deliver(REPORT)).isEqualTo(new Unreachable("status " + status, pause));
  }

  @Test
  void anAnswerThatDoesNotComeIsGivenUp() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    answers.add(
        Response.stream(
            "application/json",
            out -> {
              out.write('{');
              out.flush();
              never.await();
            }));

    Delivery delivery = client.tell(new Goodbye("me", "exit"), Duration.ofMillis(200));

    assertThat(delivery).isEqualTo(new Unreachable("no answer within PT0.2S", Duration.ZERO));
  }

  @Test
  void aLongAnswerIsNeitherHeldNorTakenForAFailure() throws Exception {
    answers.add(Response.text(200, "x".repeat(2_000_000)));
    answers.add(Response.text(400, "y".repeat(2_000_000)));

    assertThat(client.deliver(REPORT)).isEqualTo(new Accepted());
    assertThat(client.deliver(REPORT))
        .isEqualTo(new Refused("status 400: " + "y".repeat(200) + "..."));
  }

  @Test
  void anAnswerThatIsCutOffIsTriedAgain() throws Exception {
    answers.add(
        Response.stream(
            "application/json",
            out -> {
              out.write('{');
              throw new IOException("cut off");
            }));

    assertThat(client.deliver(REPORT)).isInstanceOf(Unreachable.class);
  }

  @Test
  void aServiceThatIsNotThereIsTriedAgain() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (OptuneClient nobody = client(port, AuthToken.of(TOKEN))) {
      assertThat(nobody.deliver(REPORT))
          .isEqualTo(new Unreachable("no connection (127.0.0.1:" + port + ")", Duration.ZERO));
    }
  }

  @Test
  void theTokenIsInNoReasonEvenWhenTheServiceEchoesIt() throws Exception {
    String echo = "x".repeat(195) + " you sent Bearer " + TOKEN;
    answers.add(Response.text(400, "you sent Bearer " + TOKEN));
    answers.add(Response.text(503, echo));
    answers.add(Response.text(503, "x".repeat(195) + TOKEN));

    String reasons =
        client.deliver(REPORT) + " " + client.deliver(REPORT) + " " + client.deliver(REPORT);

    assertThat(reasons)
        .contains("status 400: you sent Bearer ***")
        .doesNotContain(TOKEN)
        .doesNotContain(TOKEN.substring(0, 5));
  }

  @Test
  void asksAnAppAndGivesWhatTheServiceWants() throws Exception {
    answers.add(Response.json(200, "{\"cmd\":\"SLEEP\",\"param\":{\"duration\":3}}"));

    Reply reply = ask();

    assertThat(reply).isEqualTo(answered(new Command.Sleep(Duration.ofSeconds(3))));
    Request request = requests.take();
    assertThat(request.path()).isEqualTo("/metrics/me/team%2Freport%201/servo");
    assertThat(request.bodyText()).isEqualTo("{\"event\":\"WHATS_NEXT\",\"param\":null}");
    assertThat(request.header("Authorization")).contains("Bearer " + TOKEN);
    assertThat(request.header("Idempotency-Key")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ok", "<html>", "[]", "{", "{\"status\":\"ok\"}", "{\"cmd\":null}"})
  void aSuccessWithoutACommandAsksForNothing(String body) throws Exception {
    answers.add(Response.text(200, body));

    assertThat(ask()).isEqualTo(new Reply.Answered(new Answer.Done()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"cmd":7}                       | $.cmd: expected text, found 7
          {"cmd":"ADJUST"}                | $.param: expected an object, found nothing
          {"cmd":"SLEEP","param":{}}      | $.param.duration: expected a number, found nothing
          """)
  void aCommandThatIsGarbageIsSaidAndNotObeyed(String body, String reason) throws Exception {
    answers.add(Response.json(200, body));

    assertThat(ask()).isEqualTo(new Reply.Garbled(reason));
  }

  @Test
  void anAnswerWithManyComponentsIsReadWhole() throws Exception {
    answers.add(Response.json(200, adjusting(900)));

    assertThat(ask())
        .isInstanceOfSatisfying(
            Reply.Answered.class,
            reply ->
                assertThat(reply.answer())
                    .isInstanceOfSatisfying(
                        Answer.Commanded.class,
                        answer ->
                            assertThat(((Command.Adjust) answer.command()).components())
                                .hasSize(900)));
  }

  @Test
  void anAnswerBeyondTheBoundIsNotObeyed() throws Exception {
    answers.add(Response.json(200, adjusting(9_000)));

    assertThat(ask()).isEqualTo(new Reply.Garbled("an answer of more than 65536 bytes"));
  }

  @Test
  void aQuestionThatIsRefusedOrNotAnsweredSaysWhy() throws Exception {
    answers.add(Response.text(404, "no such app"));
    answers.add(Response.empty(503).with("Retry-After", "7"));

    assertThat(ask()).isEqualTo(new Reply.Refused("status 404: no such app"));
    assertThat(ask()).isEqualTo(new Reply.Unreachable("status 503", Duration.ofSeconds(7)));
  }

  @Test
  void theTokenIsInNoReplyEvenWhenTheServiceEchoesIt() throws Exception {
    answers.add(Response.json(200, "{\"cmd\":\"Bearer " + TOKEN + "\"}"));
    answers.add(Response.json(200, "{\"cmd\":{\"" + TOKEN + "\":1}}"));
    answers.add(Response.json(200, "{\"cmd\":\"ADJUST\",\"param\":\"" + TOKEN + "\"}"));

    String replies = ask() + " " + ask() + " " + ask();

    assertThat(replies).contains("Bearer ***").doesNotContain(TOKEN);
  }

  @Test
  void theTokenShowsItselfToNobody() {
    assertThat(AuthToken.of(TOKEN)).hasToString("***");
    assertThat(AuthToken.NONE).hasToString("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two words", "line\nbreak", "s3cr3t\u0000", "t\u00f6ken"})
  void refusesATokenThatIsNoHeaderWithoutQuotingIt(String token) {
    assertThatThrownBy(() -> AuthToken.of(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected printable ASCII without spaces");
  }

  private Reply ask() throws InterruptedException {
    return client.ask(REPORT.appId(), new WhatsNext(), Duration.ofSeconds(10));
  }

  private static Reply answered(Command command) {
    return new Reply.Answered(new Answer.Commanded(command));
  }

  private static String adjusting(int components) {
    return IntStream.range(0, components)
        .mapToObj("\"container-%d\":{\"settings\":{\"cpu\":{\"value\":0.25}}}"::formatted)
        .collect(
            Collectors.joining(
                ",",
                "{\"cmd\":\"ADJUST\",\"param\":{\"state\":{\"application\":{\"components\":{",
                "}}}}}"));
  }

  private OptuneClient client(int port, AuthToken token) {
    ServiceUrl url =
        ServiceUrl.parse("http://127.0.0.1:" + port + "/metrics/{acct}/{app_id}/servo", "me");
    return new OptuneClient(url, token, "servo-k8s-multijob/1", clock);
  }
}
