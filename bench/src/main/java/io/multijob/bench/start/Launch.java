package io.multijob.bench.start;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.api.ApiConnection;
import io.multijob.e2e.servo.Ports;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A servo that is starting, asked every few milliseconds whether it watches yet.
///
/// Used by one thread.
final class Launch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(2);
  private static final Duration START_TIME = Duration.ofSeconds(60);
  private static final int STOP_SECONDS = 30;

  private final Process process;
  private final Path log;
  private final ApiAddress address;

  private Launch(Process process, Path log, ApiAddress address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  /// @param command to which `run` is given
  /// @param directory for its state and its log
  static Launch start(Path command, Path directory, Map<String, String> settings)
      throws IOException {
    int port = Ports.free();
    Path log = directory.resolve("servo.log");
    ProcessBuilder builder = new ProcessBuilder(command.toString(), "run");
    builder.environment().putAll(settings);
    builder.environment().put("STATE_DIR", directory.resolve("state").toString());
    builder.environment().put("METRICS_LISTEN", "127.0.0.1:" + port);
    builder.environment().put("ADMISSION_LISTEN", "127.0.0.1:0");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    return new Launch(builder.start(), log, ApiAddress.ofLoopback(port));
  }

  /// Waits until it says that its watch stands.
  ///
  /// @throws IOException if it ends, or takes a minute
  void awaitReady() throws IOException {
    long end = System.nanoTime() + START_TIME.toNanos();
    while (!isReady()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IOException("the servo did not start; its log:\n" + Files.readString(log, UTF_8));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private boolean isReady() throws IOException {
    try (ApiConnection connection = ApiConnection.open(address)) {
      return connection.send("GET", "/readyz", "", "").status() == 200;
    } catch (ConnectException e) {
      return false; // it does not listen yet
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
