package io.multijob.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multijob.protocol.PodmonReport.Peak;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PodmonReportTest {
  private static final Golden GOLDEN = new Golden("podmon");
  private static final String POD = "5d3f7a52-1c39-4f8e-8f4e-6c8f6a6f7b21";
  private static final long NOON = 1_795_348_800_000_000_000L;
  private static final List<Figure> OF_A_CONTAINER =
      List.of(
          Figure.CPU_TIME,
          Figure.MAX_USAGE,
          Figure.THROTTLED,
          Figure.OOM_KILLS,
          Figure.STARTED,
          Figure.FINISHED);
  private static final Map<String, PodmonReport> SAMPLES =
      Map.of(
          "full", full(),
          "two-containers", twoContainers(),
          "no-memory", noMemory(),
          "sampled-peak", sampledPeak(),
          "left-out", leftOut(),
          "nothing-read",
              new PodmonReport(POD, Figures.NONE, "cgroup-v1", Peak.EXACT, List.of(), 0));

  static Stream<Arguments> samples() {
    return SAMPLES.entrySet().stream().map(sample -> arguments(sample.getKey(), sample.getValue()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesWhatTheGoldenFileSays(String name, PodmonReport sample) {
    String json = sample.json();

    assertThat(json).isEqualTo(GOLDEN.read(name));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatTheGoldenFileSays(String name, PodmonReport sample) {
    PodmonReport report = PodmonReport.parse(GOLDEN.read(name));

    assertThat(report).isEqualTo(sample);
  }

  @Test
  void everyGoldenFileHasASample() throws IOException {
    assertThat(GOLDEN.names()).containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
  }

  @Test
  void readsWhatTheOriginalsPodmonSends() {
    PodmonReport report = PodmonReport.parse(new Golden("podmon-original").read("fixed-part"));

    assertThat(report)
        .isEqualTo(
            new PodmonReport(
                "0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10",
                figures(Figure.CPU_TIME, 1_003_214_567L, Figure.MAX_USAGE, 67_108_864L),
                "",
                Peak.EXACT,
                List.of(),
                0));
  }

  @Test
  void skipsUnknownMembersAndNulls() {
    PodmonReport report =
        PodmonReport.parse(
            """
            {"version": 2, "stats": {"cpu_time": 1.5e9, "max_usage": null, "io": {"read": 1},
              "source": null, "peak": null, "containers": [{"id": "a", "name": "x", "cpu_time": 7.0}],
              "containers_left_out": null}, "id": "uid"}
            """);

    assertThat(report)
        .isEqualTo(
            new PodmonReport(
                "uid",
                new Figures(Map.of(Figure.CPU_TIME, 1_500_000_000L)),
                "",
                Peak.EXACT,
                List.of(container("a", new Figures(Map.of(Figure.CPU_TIME, 7L)))),
                0));
  }

  @Test
  void readsBackWhateverItWrites() {
    var random = new RandomValues(3);
    for (int i = 0; i < 2_000; i++) {
      PodmonReport report = randomReport(random);

      PodmonReport back = PodmonReport.parse(report.json());

      assertThat(back).isEqualTo(report);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                  | $: expected an object, found an array
          {}                                  | $.id: expected text, found nothing
          {"id": 5, "stats": {}}              | $.id: expected text, found 5
          {"id": "", "stats": {}}             | $.id: expected a pod's uid, found ""
          {"id": "a b", "stats": {}}          | $.id: expected a pod's uid, found "a b"
          {"id": "../../x", "stats": {}}      | $.id: expected a pod's uid, found "../../x"
          {"id": "a"}                         | $.stats: expected an object, found nothing
          {"id": "a", "stats": null}          | $.stats: expected an object, found null
          {"id": "a", "stats": [1]}           | $.stats: expected an object, found an array
          {"id": "a", "error": "no such pod"} | $.error: podmon has no figures: no such pod
          {"error": "no such pod"}            | $.error: podmon has no figures: no such pod
          """)
  void saysWhatIsWrongWithTheEnvelope(String json, String message) {
    assertThatThrownBy(() -> PodmonReport.parse(json))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "cpu_time": "1"                          | .cpu_time: expected a number, found "1"
          "cpu_time": true                         | .cpu_time: expected a number, found true
          "cpu_time": 1.5                          | .cpu_time: expected a whole number, found 1.5
          "cpu_time": -1                           | .cpu_time: expected a whole number from 0 to 9223372036854775807, found -1
          "cpu_time": 9223372036854775808          | .cpu_time: expected a whole number from 0 to 9223372036854775807, found 9223372036854775808
          "cpu_time": 1e999999999                  | .cpu_time: expected a number of ordinary size
          "max_usage": 9007199254740993            | .max_usage: expected a whole number from 0 to 9007199254740992, found 9007199254740993
          "user_ns": -2                            | .user_ns: expected a whole number from 0 to 9223372036854775807, found -2
          "throttled_ns": []                       | .throttled_ns: expected a number, found an array
          "oom_kills": 3000000000                  | .oom_kills: expected a whole number from 0 to 2147483647, found 3000000000
          "started_ns": 2, "finished_ns": 1        | .finished_ns: expected a time not before started_ns, found 1
          "source": 2                              | .source: expected text, found 2
          "peak": "guessed"                        | .peak: expected "sampled", found "guessed"
          "containers": {}                         | .containers: expected an array, found an object
          "containers": [7]                        | .containers[0]: expected an object, found 7
          "containers": [{}]                       | .containers[0].id: expected text, found nothing
          "containers": [{"id": "a/b"}]            | .containers[0].id: expected a container's id, found "a/b"
          "containers": [{"id": "a"}, {"id": "a"}] | .containers[1].id: expected each container once, found "a"
          "containers": [{"id": "a", "cpu_time": -1}] | .containers[0].cpu_time: expected a whole number from 0 to 9223372036854775807, found -1
          "containers": [{"id": "a", "started_ns": 5, "finished_ns": 4}] | .containers[0].finished_ns: expected a time not before started_ns, found 4
          "containers_left_out": -1                | .containers_left_out: expected a whole number from 0 to 2147483647, found -1
          """)
  void saysWhatIsWrongWithTheStats(String members, String message) {
    assertThatThrownBy(() -> PodmonReport.parse("{\"id\": \"a\", \"stats\": {" + members + "}}"))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("$.stats" + message);
  }

  @Test
  void aRunMayEndAsItStarts() {
    PodmonReport report =
        PodmonReport.parse(
            """
            {"id": "a", "stats": {"started_ns": 5, "finished_ns": 5}}
            """);

    assertThat(report.pod()).isEqualTo(figures(Figure.STARTED, 5, Figure.FINISHED, 5));
  }

  @Test
  void takesAsManyContainersAsItSaysAndNotOneMore() {
    assertThat(PodmonReport.parse(withContainers(256)).containers()).hasSize(256);
    assertThatThrownBy(() -> PodmonReport.parse(withContainers(257)))
        .hasMessage("$.stats.containers: expected at most 256 containers, found an array");
  }

  @Test
  void takesSourcesOfSomeLength() {
    String most = "s".repeat(64);

    assertThat(PodmonReport.parse(withSource(most)).source()).isEqualTo(most);
    assertThatThrownBy(() -> PodmonReport.parse(withSource(most + "s")))
        .hasMessageStartingWith("$.stats.source: expected at most 64 characters, found \"sss");
  }

  @Test
  void takesDocumentsOfSomeSize() {
    String report = "{\"id\": \"a\", \"stats\": {}}";
    String most = report + " ".repeat(PodmonReport.MAX_BYTES - report.length());

    assertThat(PodmonReport.parse(most).id()).isEqualTo("a");
    assertThatThrownBy(() -> PodmonReport.parse(most + " "))
        .hasMessage("$: expected at most 65536 bytes, found 65537");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cannot find the group of the pod", "{\"id\":\"a\",\"stats\":{\"cpu_"})
  void refusesAMessageThatIsNoReport(String message) {
    assertThatThrownBy(() -> PodmonReport.parse(message))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("$: ");
  }

  private static String withContainers(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "{\"id\":\"c" + i + "\"}")
        .collect(Collectors.joining(",", "{\"id\":\"a\",\"stats\":{\"containers\":[", "]}}"));
  }

  private static String withSource(String source) {
    return "{\"id\":\"a\",\"stats\":{\"source\":\"" + source + "\"}}";
  }

  private static PodmonReport full() {
    long started = NOON + 123_456_789;
    long finished = NOON + 2_468_456_789L;
    var pod = new EnumMap<Figure, Long>(Figure.class);
    pod.put(Figure.CPU_TIME, 1_003_214_567L);
    pod.put(Figure.MAX_USAGE, 67_108_864L);
    pod.put(Figure.USER, 950_000_000L);
    pod.put(Figure.SYSTEM, 53_214_567L);
    pod.put(Figure.THROTTLED, 120_000_000L);
    pod.put(Figure.OOM_KILLS, 0L);
    pod.put(Figure.STARTED, started);
    pod.put(Figure.FINISHED, finished);
    pod.put(Figure.PODMON_CPU, 2_100_000L);
    pod.put(Figure.PODMON_MEMORY, 1_363_148L);
    var container =
        Map.of(
            Figure.STARTED, started,
            Figure.FINISHED, finished,
            Figure.CPU_TIME, 1_001_000_000L,
            Figure.MAX_USAGE, 66_060_288L,
            Figure.THROTTLED, 120_000_000L,
            Figure.OOM_KILLS, 0L);
    return new PodmonReport(
        "0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10",
        new Figures(pod),
        "cgroup-v2",
        Peak.EXACT,
        List.of(container("4f1d2c9be07a", new Figures(container))),
        0);
  }

  private static PodmonReport twoContainers() {
    var pod = new EnumMap<Figure, Long>(Figure.class);
    pod.put(Figure.CPU_TIME, 100_000_000L);
    pod.put(Figure.MAX_USAGE, 4_194_304L);
    pod.put(Figure.USER, 80_000_000L);
    pod.put(Figure.SYSTEM, 20_000_000L);
    pod.put(Figure.THROTTLED, 0L);
    pod.put(Figure.OOM_KILLS, 1L);
    pod.put(Figure.STARTED, NOON);
    pod.put(Figure.FINISHED, NOON + 100_000_000);
    pod.put(Figure.PODMON_CPU, 0L);
    pod.put(Figure.PODMON_MEMORY, 0L);
    var ended =
        Map.of(
            Figure.STARTED, NOON,
            Figure.FINISHED, NOON + 100_000_000,
            Figure.CPU_TIME, 60_000_000L,
            Figure.MAX_USAGE, 2_097_152L,
            Figure.THROTTLED, 0L,
            Figure.OOM_KILLS, 1L);
    var running =
        Map.of(
            Figure.STARTED, NOON + 10_000_000,
            Figure.CPU_TIME, 40_000_000L,
            Figure.MAX_USAGE, 1_048_576L);
    return new PodmonReport(
        POD,
        new Figures(pod),
        "cgroup-v1",
        Peak.EXACT,
        List.of(container("aa01", new Figures(ended)), container("bb02", new Figures(running))),
        0);
  }

  private static PodmonReport noMemory() {
    var pod =
        Map.of(
            Figure.CPU_TIME, 100_000_000L,
            Figure.USER, 80_000_000L,
            Figure.SYSTEM, 20_000_000L,
            Figure.STARTED, NOON,
            Figure.FINISHED, NOON + 100_000_000,
            Figure.PODMON_CPU, 1_500_000L);
    var container =
        Map.of(
            Figure.STARTED,
            NOON,
            Figure.FINISHED,
            NOON + 100_000_000,
            Figure.CPU_TIME,
            60_000_000L);
    return new PodmonReport(
        POD,
        new Figures(pod),
        "cgroup-v2",
        Peak.EXACT,
        List.of(container("aa01", new Figures(container))),
        0);
  }

  private static PodmonReport sampledPeak() {
    var pod =
        Map.of(
            Figure.CPU_TIME, 100_000_000L,
            Figure.MAX_USAGE, 4_194_304L,
            Figure.PODMON_CPU, 1_500_000L,
            Figure.PODMON_MEMORY, 1_363_148L);
    return new PodmonReport(POD, new Figures(pod), "cgroup-v2", Peak.SAMPLED, List.of(), 0);
  }

  private static PodmonReport leftOut() {
    return new PodmonReport(
        POD,
        figures(Figure.CPU_TIME, 100_000_000, Figure.MAX_USAGE, 4_194_304),
        "cgroup-v1",
        Peak.EXACT,
        List.of(container("aa01", new Figures(Map.of(Figure.CPU_TIME, 60_000_000L)))),
        12);
  }

  private static PodmonReport randomReport(RandomValues random) {
    var containers = new ArrayList<ContainerFigures>();
    for (int i = random.below(4); i > 0; i--) {
      containers.add(container("c" + i, randomFigures(random, OF_A_CONTAINER)));
    }
    return new PodmonReport(
        "uid-" + random.below(1_000),
        randomFigures(random, List.of(Figure.values())),
        random.text(),
        random.below(2) == 0 ? Peak.EXACT : Peak.SAMPLED,
        containers,
        random.below(2) * random.below(Integer.MAX_VALUE));
  }

  private static Figures randomFigures(RandomValues random, List<Figure> which) {
    var values = new EnumMap<Figure, Long>(Figure.class);
    for (Figure figure : which) {
      if (random.below(3) > 0) {
        values.put(figure, random.upTo(figure.max()));
      }
    }
    values.computeIfPresent(
        Figure.STARTED,
        (_, started) -> Math.min(started, values.getOrDefault(Figure.FINISHED, started)));
    return new Figures(values);
  }

  private static ContainerFigures container(String id, Figures figures) {
    return new ContainerFigures(id, figures);
  }

  private static Figures figures(Figure first, long value, Figure second, long secondValue) {
    return new Figures(Map.of(first, value, second, secondValue));
  }
}
