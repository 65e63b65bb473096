package io.multijob.bench.child;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/// A class of ours that runs in a process of its own, and tells what it has to say as one line of
/// JSON each ([#say]). It ends when its standard input does, so no child outlives us.
///
/// Used by one thread.
public final class ChildJvm implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int STOP_SECONDS = 10;

  private final Process process;
  private final BufferedReader said;
  private final String name;

  private ChildJvm(Process process, String name) {
    this.process = process;
    this.said = process.inputReader(UTF_8);
    this.name = name;
  }

  /// The flags that the servo is shipped with, but for the size of the heap.
  public static List<String> shippedFlags() {
    return List.of(
        "-XX:+UseSerialGC",
        "-XX:+UseCompactObjectHeaders",
        "-Xss512k",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow");
  }

  /// Starts `main` with our class path.
  ///
  /// @param cores those it may use, as `taskset` takes them, such as `1` or `0,1`
  /// @param flags for Java
  public static ChildJvm start(Class<?> main, String cores, List<String> flags, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "--cpu-list", cores));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    Path errors = Files.createTempFile("bench-" + main.getSimpleName() + "-", ".log");
    errors.toFile().deleteOnExit();
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    return new ChildJvm(process, main.getSimpleName() + " (log: " + errors + ")");
  }

  /// Waits for the next thing that the child says.
  ///
  /// @throws IOException if it has ended
  public <T> T hear(Class<T> type) throws IOException {
    String line = said.readLine();
    if (line == null) {
      throw new IOException(name + " has ended");
    }
    return JSON.readValue(line, type);
  }

  /// Tells the child something, in one line; it waits for it in [#awaitWord].
  public void tell(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
  }

  public long pid() {
    return process.pid();
  }

  /// Says something to the parent. For the child.
  public static void say(Object something) {
    System.out.println(JSON.writeValueAsString(something));
    System.out.flush();
  }

  /// Waits for what the parent tells. For the child.
  ///
  /// @return nothing when the parent has gone
  public static Optional<String> awaitWord() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = System.in.read(); read != '\n'; read = System.in.read()) {
      if (read < 0) {
        return Optional.empty();
      }
      line.append((char) read);
    }
    return Optional.of(line.toString());
  }

  /// Ends this process when the parent goes. For the child, when it waits for nothing.
  public static void endWithParent() {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          try {
            System.in.transferTo(OutputStream.nullOutputStream());
          } catch (IOException e) {
            System.err.println("cannot read from the parent: " + e);
          }
          Runtime.getRuntime().halt(0);
        });
  }

  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
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
