package io.multijob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class OutboxCommandTest {
  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void refuseTwo() throws Exception {
    io.multijob.servo.report.Outbox.open(directory, InstantSource.system()).close();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("outbox.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          INSERT INTO set_aside VALUES
            ('run-1', 'nightly', '{"measured":{}}', 'status 400: no such app', 1795305600000),
            ('run-2', 'hourly', '{}', 'status 401', 1795305601000)
          """);
    }
  }

  @Test
  void listsThoseThatWereRefused() {
    assertThat(outbox("list"))
        .isEqualTo(
            new Result(
                0,
                """
                2026-11-22T00:00:00Z  run-1                                 nightly  status 400: no such app
                2026-11-22T00:00:01Z  run-2                                 hourly  status 401
                """));
  }

  @Test
  void showsOneWhole() {
    assertThat(outbox("show", "run-1").out())
        .contains("app      nightly")
        .contains("reason   status 400: no such app")
        .contains("\"measured\"");
  }

  @Test
  void offersOneAgainAndDropsTheOthers() {
    assertThat(outbox("retry", "run-1").out()).isEqualTo("1 to be offered again\n");
    assertThat(outbox("drop", "--all").out()).isEqualTo("1 dropped\n");
    assertThat(outbox("list").out()).isEqualTo("no report was refused\n");
  }

  @Test
  void failsForOneThatWasNotRefused() {
    assertThat(outbox("show", "run-9").exitCode()).isEqualTo(1);
    assertThat(outbox("retry", "run-1", "run-9"))
        .isEqualTo(new Result(1, "1 to be offered again\n"));
  }

  @Test
  void asksWhichOnes() {
    assertThat(outbox("drop").exitCode()).isEqualTo(2);
    assertThat(outbox("drop", "--all", "run-1").exitCode()).isEqualTo(2);
  }

  private record Result(int exitCode, String out) {}

  private Result outbox(String command, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "outbox";
    all[1] = command;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[arguments.length + 2] = "--state-dir";
    all[arguments.length + 3] = directory.toString();
    PrintStream standard = System.out;
    var out = new ByteArrayOutputStream();
    try (var captured = new PrintStream(out, true, UTF_8)) {
      System.setOut(captured);
      return new Result(Main.execute(all), out.toString(UTF_8));
    } finally {
      System.setOut(standard);
    }
  }
}
