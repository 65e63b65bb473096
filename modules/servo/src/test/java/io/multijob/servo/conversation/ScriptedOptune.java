package io.multijob.servo.conversation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Handler;
import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Answer;
import io.multijob.protocol.AnswerJson;
import io.multijob.protocol.Command;
import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.PathSegment;
import io.multijob.protocol.ServiceUrl;
import io.multijob.protocol.SettingValue;
import io.multijob.servo.report.AuthToken;
import io.multijob.servo.report.OptuneClient;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/// An Optune service over HTTP that gives each app the answers it was told to, in order and then
/// the usual one, and remembers what it was asked.
final class ScriptedOptune implements AutoCloseable {
  private static final Limits LIMITS = new Limits(1 << 20, 1_000, Duration.ZERO);

  private final Map<String, Queue<Handler>> scripts = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private final HttpListener listener;
  private final OptuneClient client;
  private volatile Handler usual = commanding(new Command.Measure());

  /// What the service was told of an app.
  record Told(String appId, Event event) {}

  ScriptedOptune(InstantSource clock) throws IOException {
    listener = HttpListener.bindLoopback(LIMITS, this::answer);
    listener.start();
    ServiceUrl url =
        ServiceUrl.parse("http://127.0.0.1:" + listener.port() + "/{acct}/{app_id}", "me");
    client = new OptuneClient(url, AuthToken.of("s3cr3t-t0k3n"), "servo/1", clock);
  }

  OptuneClient client() {
    return client;
  }

  void script(String appId, Handler... answers) {
    scripts
        .computeIfAbsent(appId, absent -> new ConcurrentLinkedQueue<>())
        .addAll(List.of(answers));
  }

  void usually(Handler answer) {
    usual = answer;
  }

  /// The next event that comes, awaited.
  Told take() throws InterruptedException {
    return told.take();
  }

  /// The names of the events that came and were not taken, in order.
  List<String> events() {
    Queue<Told> came = new ArrayDeque<>(told);
    return came.stream().map(each -> each.event().name()).toList();
  }

  static Handler commanding(Command command) {
    return saying(AnswerJson.write(new Answer.Commanded(command)));
  }

  static Handler saying(String json) {
    return request -> Response.json(200, json);
  }

  static Handler failing(int status) {
    return request -> Response.empty(status);
  }

  /// Not even the head of an answer.
  Handler silence() {
    return request -> {
      never.await();
      return Response.empty(500);
    };
  }

  /// The beginning of an answer.
  Handler beginning(String json) {
    return request ->
        Response.stream(
            "application/json",
            out -> {
              out.write(json.getBytes(UTF_8));
              out.flush();
              never.await();
            });
  }

  static Command.Adjust adjust(String cpu) {
    return new Command.Adjust(
        Map.of("main", Map.of("cpu", new SettingValue.Numeric(new BigDecimal(cpu)))));
  }

  @Override
  public void close() {
    client.close();
    listener.close();
  }

  private Response answer(Request request) throws IOException, InterruptedException {
    String path = request.path();
    String appId = PathSegment.decode(path.substring(path.lastIndexOf('/') + 1));
    told.add(new Told(appId, EventJson.read(request.body())));
    Queue<Handler> script = scripts.getOrDefault(appId, new ConcurrentLinkedQueue<>());
    Handler next = script.poll();
    return (next == null ? usual : next).handle(request);
  }
}
