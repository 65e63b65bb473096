package io.multijob.e2e.servo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.e2e.wait.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// `servo run` of the built distribution, as a process.
///
/// Its log goes to `servo.log` in its directory, to which a later process of the same directory
/// adds. Thread-safe.
public final class ServoProcess implements AutoCloseable {
  private static final Duration START_TIME = Duration.ofMinutes(2);
  private static final Duration STOP_TIME = Duration.ofSeconds(30);

  private final Process process;
  private final Path log;
  private final long logBegins;
  private final int port;
  private final int statsPort;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServoProcess(Process process, Path log, long logBegins, int port, int statsPort) {
    this.process = process;
    this.log = log;
    this.logBegins = logBegins;
    this.port = port;
    this.statsPort = statsPort;
  }

  /// Starts it and returns at once.
  ///
  /// @param settings what is set beside what each has: its state below `directory`, metrics on a
  ///   free port of the loopback interface; `{port}` in a value is another free port, for posts
  /// @param directory kept between two processes, its outbox is as well
  public static ServoProcess start(Path directory, Map<String, String> settings)
      throws IOException {
    return startBy(List.of(), directory, settings);
  }

  /// As [#start], by way of another program, which must become what it is told to run: the last of
  /// its arguments.
  public static ServoProcess startBy(
      List<String> program, Path directory, Map<String, String> settings) throws IOException {
    Path log = directory.resolve("servo.log");
    long begins = Files.exists(log) ? Files.size(log) : 0;
    int port = Ports.free();
    int statsPort = Ports.free();
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(Distribution.command().toString(), "run"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("STATE_DIR", directory.resolve("state").toString());
    builder.environment().put("METRICS_LISTEN", "127.0.0.1:" + port);
    builder.environment().put("ADMISSION", "none");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    settings.forEach((setting, value) ->
        builder.environment().put(setting, value.replace("{port}", Integer.toString(statsPort))));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new ServoProcess(builder.start(), log, begins, port, statsPort);
  }

  /// Waits until it says that every watch stands.
  public ServoProcess awaitReady() throws Exception {
    try {
      Wait.until("the servo to be ready", START_TIME, this::isReady);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; its log:\n" + log(), e);
    }
    return this;
  }

  public boolean isReady() throws IOException, InterruptedException {
    requireAlive();
    try {
      return get("/readyz").status() == 200;
    } catch (ConnectException e) {
      return false; // it does not listen yet
    }
  }

  /// Its answer to `/readyz`, `/healthz` or `/metrics`.
  public Page get(String path) throws IOException, InterruptedException {
    var answer =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build(),
            BodyHandlers.ofString(UTF_8));
    return new Page(answer.statusCode(), answer.body());
  }

  /// The sum of the metric's values over all labels that contain `label`; 0 where there is none.
  public double metric(String name, String label) throws IOException, InterruptedException {
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .filter(line -> line.charAt(name.length()) == ' ' || line.charAt(name.length()) == '{')
        .filter(line -> line.contains(label))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /// What this process has logged.
  public String log() {
    try {
      byte[] all = Files.readAllBytes(log);
      int from = Math.toIntExact(logBegins);
      return new String(all, from, all.length - from, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where it takes podmon's posts, if it is set to take them at `{port}`.
  public int statsPort() {
    return statsPort;
  }

  public long pid() {
    return process.pid();
  }

  /// False when it has ended, by itself or not.
  public boolean isAlive() {
    return process.isAlive();
  }

  /// Sends it a signal, such as `STOP` and `CONT`.
  public void signal(String signal) throws IOException, InterruptedException {
    int status = new ProcessBuilder("kill", "-" + signal, Long.toString(pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("signal %s was not sent to the servo".formatted(signal));
    }
  }

  /// Kills it with -9.
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  /// Stops it with TERM, as a kubelet does.
  ///
  /// @return its exit code
  public int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the servo did not stop within " + STOP_TIME);
    }
    return process.exitValue();
  }

  /// Stops it if it runs.
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIME.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void requireAlive() {
    if (!process.isAlive()) {
      throw new AssertionError(
          "the servo ended with %d; its log:\n%s".formatted(process.exitValue(), log()));
    }
  }

  /// An answer over HTTP.
  public record Page(int status, String body) {}
}
