package io.multijob.servo.report;

import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
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
  private static final int MAX_ANSWER_BYTES = 4 * 1024;
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
    return send(request, ANSWER_TIMEOUT);
  }

  @Override
  public Delivery tell(Event event, Duration within) throws InterruptedException {
    return send(request(url.global(), EventJson.write(event)).build(), within);
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
  private Delivery send(HttpRequest request, Duration within) throws InterruptedException {
    CompletableFuture<HttpResponse<String>> answer =
        client.sendAsync(request, info -> new BodyBeginning(MAX_ANSWER_BYTES));
    try {
      return deliveryOf(answer.get(within.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return new Delivery.Unreachable("no answer within " + within, Duration.ZERO);
    } catch (InterruptedException e) {
      answer.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      return new Delivery.Unreachable(
          describe(e.getCause() == null ? e : e.getCause()), Duration.ZERO);
    }
  }

  private Delivery deliveryOf(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return new Delivery.Accepted();
    }
    String reason = "status " + status + firstLine(response.body());
    if (status >= 400 && status < 500 && !worthAnotherTry(status)) {
      return new Delivery.Refused(reason);
    }
    String retryAfter = response.headers().firstValue("Retry-After").orElse("");
    return new Delivery.Unreachable(reason, RetryAfter.parse(retryAfter, clock.instant()));
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

  private String firstLine(String body) {
    String line = body.lines().findFirst().orElse("");
    return line.isBlank() ? "" : ": " + cut(line);
  }

  /// Fit for a log: the token is taken out before what is too long.
  private String cut(String text) {
    String line = token.redacted(text).replaceAll("\\p{Cntrl}", " ").strip();
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON) + "...";
  }
}
