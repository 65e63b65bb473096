package io.multijob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the built command as a user does, and holds what it says against what is true.
@Timeout(120)
final class SandboxIT {
  private static final long MEBIBYTE = 1L << 20;

  /// Reads the CPU time of the shell itself, in nanoseconds.
  private static final String SPENT = "read spent _ < /proc/self/schedstat";

  @TempDir private Path directory = Path.of("");
  private Path jobs = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    jobs = Files.createDirectory(directory.resolve("jobs"));
  }

  @Test
  void measuresASleepToFiveMilliseconds() throws Exception {
    requireCgroups();
    pod("sleeper", "", "sleep", "2.345");

    StoredRun run = theRunOf("sleeper", runAll(0));

    assertThat(metric(run, Metric.DURATION)).isCloseTo(2.345, within(0.005));
    assertThat(metric(run, Metric.PERF)).isCloseTo(1 / 2.345, within(0.001));
    assertThat(run.annotations().get(Annotation.REASON)).contains("Completed");
  }

  @Test
  void measuresASecondOfCpuOnTwoThreadsToOnePercent() throws Exception {
    requireCgroups();
    Path truth = directory.resolve("truth");
    pod("burner", "", "bash", "-c", timed(javaMain(BurnOnTwoThreads.class), truth));

    StoredRun run = theRunOf("burner", runAll(0));

    double expected = sumOfNumbers(truth);
    assertThat(expected).isGreaterThan(1.0);
    assertThat(metric(run, Metric.CPU_TIME)).isCloseTo(expected, within(expected / 100));
  }

  @Test
  void measuresAPeakOfFiftyMillisecondsToTwoPercent() throws Exception {
    requireCgroups();
    // One buffer, filled twice: it is held for some tens of milliseconds.
    pod("toucher", "", "dd", "if=/dev/zero", "of=/dev/null", "bs=64M", "count=2");

    StoredRun run = theRunOf("toucher", runAll(0));

    assertThat(metric(run, Metric.MAX_MEMORY))
        .isCloseTo(64.0 * MEBIBYTE, within(0.02 * 64 * MEBIBYTE));
  }

  @Test
  void measuresTheCpuOfATenthOfASecondToTwoMilliseconds() throws Exception {
    requireCgroups();
    Path truth = directory.resolve("truth");
    Path fifo = directory.resolve("fifo");
    run("mkfifo", fifo.toString());
    // Without any other process, so that the shell's own account is the whole truth.
    pod(
        "blink",
        "",
        "bash",
        "-c",
        "%s; exec 3<>%s; read -t 0.1 -u 3; echo $spent > %s; %s; echo $spent >> %s"
            .formatted(SPENT, fifo, truth, SPENT, truth));

    StoredRun run = theRunOf("blink", runAll(0));

    // The process was there before it was the container's, and before it was a shell: the truth
    // lies between what it spent as one and what it spent in all, and its exit comes after.
    List<Double> spent = numbers(truth).map(nanos -> nanos / 1e9).toList();
    assertThat(metric(run, Metric.CPU_TIME))
        .isBetween(spent.getLast() - spent.getFirst(), spent.getLast() + 0.002);
    assertThat(metric(run, Metric.DURATION)).isBetween(0.099, 0.2);
  }

  @Test
  void tellsHowEachRunEndedAndNothingOfThoseThatAreNotOurs() throws Exception {
    pod("fails", "", "sh", "-c", "exit 3");
    pod("missing", "", "no-such-command");
    pod("ends", "", "true");
    write("not-ours", podYaml("not-ours", "", "", "true"));
    write("empty-id", podYaml("empty-id", "env: [{name: JOBID, value: ''}]", "", "true"));

    List<StoredRun> runs = runAll(0);

    Map<String, StoredRun> byApp =
        runs.stream().collect(Collectors.toMap(StoredRun::appId, Function.identity()));
    assertThat(byApp).containsOnlyKeys("fails", "missing", "ends");
    assertThat(annotation(byApp, "fails", Annotation.EXITCODE)).isEqualTo("3");
    assertThat(annotation(byApp, "fails", Annotation.REASON)).isEqualTo("Error");
    assertThat(annotation(byApp, "missing", Annotation.EXITCODE)).isEqualTo("128");
    assertThat(annotation(byApp, "missing", Annotation.REASON)).isEqualTo("StartError");
    assertThat(annotation(byApp, "ends", Annotation.EXITCODE)).isEqualTo("0");
  }

  @Test
  void countsAChildThatWasKilledForItsMemoryWhereTheParentEndedWell() throws Exception {
    requireCgroups();
    String limit = "resources: {limits: {memory: 32Mi}}";
    pod(
        "child",
        limit,
        "sh",
        "-c",
        "dd if=/dev/zero of=/dev/null bs=128M count=1 2>/dev/null; exit 0");
    pod("main", limit, "dd", "if=/dev/zero", "of=/dev/null", "bs=128M", "count=1");

    Map<String, StoredRun> byApp =
        runAll(0).stream().collect(Collectors.toMap(StoredRun::appId, Function.identity()));

    assertThat(annotation(byApp, "child", Annotation.REASON)).isEqualTo("Completed");
    assertThat(annotation(byApp, "child", Annotation.EXITCODE)).isEqualTo("0");
    assertThat(annotation(byApp, "child", Annotation.OOM_KILLS)).isEqualTo("1");
    assertThat(annotation(byApp, "main", Annotation.REASON)).isEqualTo("OOMKilled");
    assertThat(annotation(byApp, "main", Annotation.OOM_KILLS)).isEqualTo("1");
  }

  @Test
  void reportsEachPodOfAJobOnce() throws Exception {
    write(
        "job",
        """
        apiVersion: batch/v1
        kind: Job
        metadata: {name: six}
        spec:
          completions: 6
          parallelism: 2
          template:
            spec:
              restartPolicy: Never
              containers:
              - {name: main, image: x, command: [sleep, "0.1"], env: [{name: JOBID, value: six}]}
        """);

    List<StoredRun> runs = runAll(0);

    assertThat(runs).hasSize(6).allMatch(run -> run.appId().equals("six"));
    assertThat(runs)
        .extracting(run -> run.annotations().get(Annotation.POD_UID))
        .doesNotHaveDuplicates();
  }

  @Test
  void saysWhichManifestIsWrongAndRunsNothing() throws Exception {
    write("broken", "kind: Job\nmetadata: {name: x}\nspec: 5\n");

    Result result = servo(List.of());

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("broken.yaml");
  }

  private List<StoredRun> runAll(int exitCode) throws IOException, InterruptedException {
    Result result = servo(List.of());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(exitCode);
    return result.out().lines().map(SandboxIT::parse).toList();
  }

  private static StoredRun parse(String line) {
    JsonNode document = JsonMapper.shared().readTree(line);
    assertThat(document.propertyNames()).contains("app_id", "annotations");
    return StoredRun.of(document);
  }

  private Result servo(List<String> more) throws IOException, InterruptedException {
    Path servo = Path.of("target/servo/bin/servo").toAbsolutePath();
    assertThat(servo).as("the distribution is built before this test").exists();
    List<String> command =
        Stream.concat(
                Stream.of(
                    servo.toString(), "sandbox", "--once", "--json", "--jobs", jobs.toString()),
                more.stream())
            .toList();
    Path out = Files.createTempFile(directory, "out", "");
    Path err = Files.createTempFile(directory, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(Files.readString(err)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  private record Result(int exitCode, String out, String err) {}

  private void pod(String app, String more, String... command) throws IOException {
    write(app, podYaml(app, "env: [{name: JOBID, value: %s}]".formatted(app), more, command));
  }

  private static String podYaml(String name, String env, String more, String... command) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s}
    spec:
      restartPolicy: Never
      containers:
      - name: main
        image: none
        command: %s
        %s
        %s
    """
        .formatted(name, JsonMapper.shared().writeValueAsString(command), env, more);
  }

  private void write(String name, String yaml) throws IOException {
    Files.writeString(jobs.resolve(name + ".yaml"), yaml, UTF_8);
  }

  private static StoredRun theRunOf(String app, List<StoredRun> runs) {
    assertThat(runs).extracting(StoredRun::appId).containsExactly(app);
    return runs.getFirst();
  }

  private static double metric(StoredRun run, Metric metric) {
    return run.metrics().get(metric).orElseThrow();
  }

  private static String annotation(Map<String, StoredRun> runs, String app, Annotation annotation) {
    return Objects.requireNonNull(runs.get(app), app)
        .annotations()
        .get(annotation)
        .orElse("absent");
  }

  /// A script that runs the command and writes its user and system time, in seconds, as getrusage
  /// tells the shell.
  private static String timed(String command, Path truth) {
    return "TIMEFORMAT='%%3U %%3S'; { time %s; } 2> %s".formatted(command, truth);
  }

  private static String javaMain(Class<?> main) {
    return "%s/bin/java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp %s %s"
        .formatted(
            System.getProperty("java.home"),
            Path.of("target/test-classes").toAbsolutePath(),
            main.getName());
  }

  private static double sumOfNumbers(Path file) throws IOException {
    return numbers(file).mapToDouble(Double::doubleValue).sum();
  }

  private static Stream<Double> numbers(Path file) throws IOException {
    return Stream.of(Files.readString(file).strip().split("\\s+")).map(Double::valueOf);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private static void requireCgroups() {
    assumeTrue(
        "root".equals(System.getProperty("user.name")),
        "skipped: exact figures need cgroups, which only root can make here");
  }
}
