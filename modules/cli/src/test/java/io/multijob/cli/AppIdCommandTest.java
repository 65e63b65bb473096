package io.multijob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppIdCommandTest {
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata: {name: nightly}
      spec:
        template:
          metadata: {labels: {app/name: reports}}
          spec:
            containers:
            - name: main
              env: [{name: JOBID, value: nightly-report}]
      """;

  @TempDir private Path directory = Path.of("");

  @Test
  void tellsWhatThePathLeadsTo() throws Exception {
    Result result = appId(JOB, "spec/containers/0/env/[JOBID]");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("app id: nightly-report").contains("[JOBID]");
  }

  @Test
  void triesTheAlternativesInOrder() throws Exception {
    Result result = appId(JOB, "metadata/labels/none|metadata/labels/app~1name");

    assertThat(result.out()).contains("leads nowhere").contains("app id: reports");
  }

  @Test
  void knowsTheOwnerThatACronJobsPodsWillHave() throws Exception {
    String cronJob =
        """
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: hourly}
        spec:
          jobTemplate:
            spec:
              template:
                spec: {containers: [{name: main}]}
        """;

    Result result = appId(cronJob, "@owner");

    assertThat(result.out()).contains("app id: hourly");
  }

  @Test
  void saysThatAPodIsNotOursAndEndsWithOne() throws Exception {
    Result result = appId(JOB, "metadata/labels/none");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).contains("no app id: not one of ours");
  }

  @Test
  void refusesAPathThatCannotBeParsed() throws Exception {
    Result result = appId(JOB, "spec/[");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).startsWith("servo app-id: the path: ");
  }

  @Test
  void refusesAFileWithoutPods() throws Exception {
    Result result = appId("kind: Service\n", "@owner");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("expected a Pod, a Job or a CronJob");
  }

  private record Result(int exitCode, String out, String err) {}

  private Result appId(String manifest, String path) throws IOException {
    Path file = Files.writeString(directory.resolve("manifest.yaml"), manifest);
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      int exitCode = Main.execute("app-id", "-f", file.toString(), "-p", path);
      return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
    }
  }
}
