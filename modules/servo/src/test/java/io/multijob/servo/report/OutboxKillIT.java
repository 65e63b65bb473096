package io.multijob.servo.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A process that is killed while many threads put reports and others are delivered.
@Timeout(60)
final class OutboxKillIT {
  private static final int THREADS = 20;

  @RepeatedTest(3)
  void whatHasBeenPutIsThereAndWhatWasDeliveredDoesNotComeBack(@TempDir Path directory)
      throws Exception {
    Process process = start(directory);
    List<String> said = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (int i = 0; i < 2_000; i++) {
        said.add(lines.readLine());
      }
      assertThat(process.toHandle().destroyForcibly()).isTrue(); // leaves what it said to be read
      lines.lines().forEach(said::add);
    }

    try (Outbox outbox = Outbox.open(directory, InstantSource.system())) {
      int pending = 0;
      for (String line : said.subList(0, said.size() - 1)) { // the last may be half a line
        String id = line.substring(2);
        assertThat(outbox.knows(id)).as(line).isTrue();
        if (line.startsWith("d ")) {
          assertThat(outbox.pending("app-" + id.substring(0, id.indexOf('-')), 100_000))
              .extracting(each -> each.report().id())
              .doesNotContain(id);
        }
        pending += line.startsWith("p ") ? 1 : -1;
      }
      assertThat(outbox.pending()).isCloseTo(pending, within(2L * THREADS + 2));
    }
  }

  /// Puts reports and delivers every second one, and says so after each.
  static final class Putter {

    private Putter() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Outbox outbox = Outbox.open(Path.of(arguments[0]), InstantSource.system());
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        threads.add(Thread.startVirtualThread(() -> putForEver(outbox, thread)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }

    private static void putForEver(Outbox outbox, int thread) {
      try {
        for (int n = 0; true; n++) {
          Report report = new Report(thread + "-" + n, "app-" + thread, "{\"n\":" + n + "}");
          outbox.put(report);
          System.out.println("p " + report.id());
          if (n % 2 == 0) {
            outbox.delivered(List.of(report));
            System.out.println("d " + report.id());
          }
        }
      } catch (IOException | InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private static Process start(Path directory) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Putter.class.getName(),
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
