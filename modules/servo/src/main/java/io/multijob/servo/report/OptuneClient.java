package io.multijob.servo.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.protocol.Answer;
import io.multijob.protocol.AnswerJson;
import io.multijob.protocol.Command;
import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.ProtocolException;
import io.multijob.protocol.ServiceUrl;
import io.multijob.servo.retry.RetryAfter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Speaks to the Optune service over HTTP/1.1 on kept connections.
///
/// The token goes into one header and nowhere else: what is told of an answer, or of a failure, is
/// searched for it first. Redirects are not followed, for they could carry it elsewhere.
///
/// Thread-safe.
public final class OptuneClient implements OptuneService, AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(15);
  private static final int MAX_ANSWER_BYTES = 64 * 1024;
  private static final int MAX_REASON = 200;

  private final ServiceUrl url;
  private final AuthToken token;
  private final String userAgent;
  private final InstantSource clock;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .executor(Runnable::run) // nothing here blocks
          .build();

  /// @param userAgent what we call ourselves, such as `servo-k8s-multijob/1.0`
  /// @param clock what the service's dates are compared with
  public OptuneClient(ServiceUrl url, AuthToken token, String userAgent, InstantSource clock) {
    this.url = url;
    this.token = token;
    this.userAgent = userAgent;
    this.clock = clock;
  }

  @Override
  public Delivery deliver(Report report) throws InterruptedException {
    HttpRequest request =
        request(url.of(report.appId()), report.body())
            .header("Idempotency-Key", report.id())
            .build();
    return deliveryOf(send(request, ANSWER_TIMEOUT));
  }

  @Override
  public Delivery tell(Event event, Duration within) throws InterruptedException {
    return deliveryOf(send(request(url.global(), EventJson.write(event)).build(), within));
  }

  @Override
  public Reply ask(String appId, Event event, Duration within) throws InterruptedException {
    return send(request(url.of(appId), EventJson.write(event)).build(), within);
  }

  /// Ends the connections, and the requests in progress with them.
  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(URI uri, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .POST(BodyPublishers.ofString(body))
            .header("Content-Type", "application/json")
            .header("User-Agent", userAgent);
    return token.isPresent() ? request.header("Authorization", token.header()) : request;
  }

  /// The client's own timeout ends with the headers of an answer; this one holds for all of it.
  private Reply send(HttpRequest request, Duration within) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, info -> new BodyBeginning(MAX_ANSWER_BYTES + 1));
    try {
      return replyOf(answer.get(within.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Reply.Unreachable("no answer within " + within, Duration.ZERO);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      return new Reply.Unreachable(
          describe(e.getCause() == null ? e : e.getCause()), Duration.ZERO);
    }
  }

  private Reply replyOf(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return read(response.body());
    }
    String reason = "status " + status + firstLine(response.body());
    if (status >= 400 && status < 500 && !worthAnotherTry(status)) {
      return new Reply.Refused(reason);
    }
    String retryAfter = response.headers().firstValue("Retry-After").orElse("");
    return new Reply.Unreachable(reason, RetryAfter.parse(retryAfter, clock.instant()));
  }

  private Reply read(byte[] body) {
    if (body.length > MAX_ANSWER_BYTES) {
      return new Reply.Garbled("an answer of more than " + MAX_ANSWER_BYTES + " bytes");
    }
    try {
      Answer answer = AnswerJson.read(body);
      return answer instanceof Answer.Commanded(Command.Unknown(String name))
          ? new Reply.Answered(new Answer.Commanded(new Command.Unknown(cut(name))))
          : new Reply.Answered(answer);
    } catch (ProtocolException e) {
      return new Reply.Garbled(cut(String.valueOf(e.getMessage())));
    }
  }

  /// What was taken is taken, whatever the service asks for besides.
  private static Delivery deliveryOf(Reply reply) {
    return switch (reply) {
      case Reply.Answered _, Reply.Garbled _ -> new Delivery.Accepted();
      case Reply.Refused(String reason) -> new Delivery.Refused(reason);
      case Reply.Unreachable(String reason, Duration pause) ->
          new Delivery.Unreachable(reason, pause);
    };
  }

  /// 408 Request Timeout, 425 Too Early, 429 Too Many Requests.
  private static boolean worthAnotherTry(int status) {
    return status == 408 || status == 425 || status == 429;
  }

  private String describe(Throwable failure) {
    URI uri = url.global();
    String to = " (" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + ")";
    String message = failure.getMessage();
    if (message != null && !message.isBlank()) {
      return failure.getClass().getSimpleName() + ": " + cut(message) + to;
    }
    return failure instanceof ConnectException
        ? "no connection" + to
        : failure.getClass().getSimpleName() + to;
  }

  private String firstLine(byte[] body) {
    String line = new String(body, UTF_8).lines().findFirst().orElse("");
    return line.isBlank() ? "" : ": " + cut(line);
  }

  /// Fit for a log: the token is taken out before what is too long.
  private String cut(String text) {
    String line = token.redacted(text).replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "...";
  }
}
