package io.multijob.servo.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Command;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.Ending;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ObserveEndpointTest {
  private final ServoMetrics metrics = new ServoMetrics("1.2", InstantSource.system());
  private final List<String> problems = new ArrayList<>();
  private final Check fine = new Check("fine", Optional::empty);
  private final Check troubled = new Check("troubled", () -> problems.stream().findFirst());
  private final ObserveEndpoint endpoint =
      new ObserveEndpoint(metrics, List.of(fine), List.of(fine, troubled));

  @Test
  void tellsWhetherTheServoIsReadyAndWhatIsWrong() throws Exception {
    assertThat(get("/readyz").status()).isEqualTo(200);
    assertThat(text("/readyz"))
        .isEqualTo("{\"status\":\"ok\",\"checks\":{\"fine\":\"ok\",\"troubled\":\"ok\"}}");

    problems.add("disk \"full\"");

    assertThat(get("/readyz").status()).isEqualTo(503);
    assertThat(text("/readyz"))
        .isEqualTo(
            "{\"status\":\"not ok\",\"checks\":{\"fine\":\"ok\",\"troubled\":\"disk \\\"full\\\"\"}}");
    assertThat(get("/healthz").status()).isEqualTo(200);
  }

  @Test
  void countsFromZero() throws Exception {
    assertThat(text("/metrics"))
        .contains("servo_build_info{version=\"1.2\"} 1\n")
        .contains("servo_runs_reported_total{outcome=\"measured\"} 0.0\n")
        .contains("servo_deliveries_total{result=\"refused\"} 0.0\n")
        .contains("servo_watch_restarts_total{reason=\"expired\"} 0.0\n")
        .contains("# HELP servo_watch_received_total Listed pods, events and bookmarks")
        .contains("# TYPE servo_delivery_seconds histogram\n");
  }

  @Test
  void countsWhatItIsTold() throws Exception {
    Scope batch = new Scope("batch");
    metrics.watches().received(batch);
    metrics.watches().listed(batch, 7);
    metrics.watches().failed(batch, new WatchProblem(WatchProblem.Kind.EXPIRED, "410"), 1);
    metrics.deliveries().attempted(new Delivery.Accepted(), Duration.ofSeconds(3), Duration.ZERO);
    metrics
        .deliveries()
        .attempted(
            new Delivery.Unreachable("503", Duration.ZERO),
            Duration.ofSeconds(9),
            Duration.ofMillis(20));
    metrics.deliveries().told("HELLO", new Delivery.Refused("404"));
    metrics.gauge("servo_things", "Things.", () -> 4.5);

    assertThat(text("/metrics"))
        .contains("servo_watch_received_total 1.0\n")
        .contains("servo_watch_listed_pods{namespace=\"batch\"} 7.0\n")
        .contains("servo_watch_restarts_total{reason=\"expired\"} 1.0\n")
        .contains("servo_deliveries_total{result=\"accepted\"} 1.0\n")
        .contains("servo_deliveries_total{result=\"unreachable\"} 1.0\n")
        .contains("servo_report_wait_seconds_count 1\n")
        .contains("servo_report_wait_seconds_sum 3.0\n")
        .contains("servo_delivery_seconds_count 2\n")
        .contains("servo_global_events_total{event=\"HELLO\",result=\"refused\"} 1.0\n")
        .contains("servo_things 4.5\n");
  }

  @Test
  void countsConversationsByWhatPodsWereGiven() throws Exception {
    Command.Adjust command = new Command.Adjust(Map.of());
    Duration took = Duration.ofMillis(30);
    metrics
        .conversations()
        .ended(new Agreement.Adjust(command, Agreement.Freshness.FRESH), Ending.ANSWERED, took);
    metrics
        .conversations()
        .ended(new Agreement.Adjust(command, Agreement.Freshness.KEPT), Ending.LATE, took);
    metrics.conversations().ended(new Agreement.Unchanged("no"), Ending.NOT_HELD, took);

    assertThat(text("/metrics"))
        .contains("servo_conversations_total{end=\"answered\",outcome=\"fresh\"} 1.0\n")
        .contains("servo_conversations_total{end=\"late\",outcome=\"kept\"} 1.0\n")
        .contains("servo_conversations_total{end=\"not_held\",outcome=\"unchanged\"} 1.0\n")
        .contains("servo_conversation_seconds_count 3\n");
  }

  @Test
  void writesTheFormatThatIsAskedFor() throws Exception {
    Response.Complete plain = get("/metrics");
    Response.Complete open =
        answer("GET", "/metrics", Map.of("accept", List.of("application/openmetrics-text")));

    assertThat(plain.headers().get("Content-Type"))
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(open.headers().get("Content-Type")).startsWith("application/openmetrics-text;");
    assertThat(new String(open.body(), StandardCharsets.UTF_8)).endsWith("# EOF\n");
  }

  @Test
  void hasNothingElse() throws Exception {
    assertThat(get("/").status()).isEqualTo(404);
    assertThat(answer("POST", "/metrics", Map.of()).status()).isEqualTo(405);
    assertThat(answer("HEAD", "/healthz", Map.of()).status()).isEqualTo(200);
  }

  private String text(String path) throws IOException {
    return new String(get(path).body(), StandardCharsets.UTF_8);
  }

  private Response.Complete get(String path) throws IOException {
    return answer("GET", path, Map.of());
  }

  private Response.Complete answer(String method, String path, Map<String, List<String>> headers)
      throws IOException {
    Request request = new Request(method, path, Map.of(), headers, new byte[0], "127.0.0.1");
    return (Response.Complete) endpoint.handle(request);
  }
}
