package io.multijob.servo.adjustment;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Description;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Range;
import io.multijob.servo.pod.AppIdPath;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class DescribingTest {
  private static final Bounds FREE = Bounds.of(AdjustSettings.DEFAULT, List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main                                                   | cpu 0 in 0..3.5/0.001, mem 0 in 0..1073741824/4096
          main limits.cpu=500m limits.memory=64Mi                | cpu 0.5 in 0..3.5/0.001, mem 67108864 in 0..1073741824/4096
          main limits.cpu=2 requests.cpu=1                       | cpu 2 in 0..8/0.001, mem 0 in 0..1073741824/4096
          main requests.cpu=1 requests.memory=1G                 | cpu 1 in 0..4/0.001, mem 1000000000 in 0..4000000000/4096
          main limits.cpu=0 requests.cpu=250m                    | cpu 0.25 in 0..3.5/0.001, mem 0 in 0..1073741824/4096
          main limits.memory=1.5Gi                               | cpu 0 in 0..3.5/0.001, mem 1610612736 in 0..6442450944/4096
          """)
  void b26_everyContainerIsDescribedWithResourcesOrWithout(String pod, String settings) {
    assertThat(text(settings(pod, FREE))).isEqualTo(settings);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0.5..8/0.5 |                                            | main limits.cpu=1   | 0.5..8/0.5
          0.5..8     |                                            | main limits.cpu=100 | 0.5..8/0.001
          0.5..8     | Container min.cpu=1 max.cpu=4              | main limits.cpu=1   | 1..4/0.001
          0.5..8     | Container min.cpu=100m max.cpu=64          | main limits.cpu=1   | 0.5..8/0.001
          0.5..8     | Container max.cpu=4, Container max.cpu=2   | main limits.cpu=1   | 0.5..2/0.001
          0.5..8     | Pod max.cpu=2                              | main limits.cpu=1   | 0.5..2/0.001
          0.5..8     | Container max.cpu=100m                     | main limits.cpu=1   | 0.1..0.1/0.001
          0.5..8     | Container min.cpu=16                       | main limits.cpu=1   | 16..16/0.001
                     | Container min.cpu=100m                     | main limits.cpu=1   | 0.1..4/0.001
                     | Container min.cpu=100m, Container min.cpu=2| main limits.cpu=1   | 2..4/0.001
                     | Container min.cpu=16                       | main limits.cpu=1   | 16..16/0.001
                     | Container max.cpu=16                       | main limits.cpu=1   | 0..16/0.001
                     | Container max.cpu=1                        | main limits.cpu=1   | 0..1/0.001
                     | Container max.memory=1Gi                   | main limits.cpu=1   | 0..4/0.001
                     | PersistentVolumeClaim max.cpu=1            | main limits.cpu=1   | 0..4/0.001
                     | Pod max.cpu=4 | main limits.cpu=1, side limits.cpu=500m                           | 0..3.5/0.001
                     | Pod max.cpu=4 | main limits.cpu=1, sidecar/zzzzmonitor limits.cpu=10m             | 0..3.99/0.001
                     | Pod max.cpu=1 | main limits.cpu=1, side limits.cpu=2                              | 0..1/0.001
                     |               | main limits.cpu=1, pod limits.cpu=2                               | 0..2/0.001
          """)
  void b24_boundsAreConfiguredNarrowedByLimitRangesAndOtherwiseMultiples(
      @Nullable String configured, @Nullable String limitRanges, String pod, String range) {
    List<SettingRange> cpu =
        configured == null ? List.of() : List.of(SettingRange.parse(ResourceName.CPU, configured));
    var config = new AdjustSettings(Mode.APPLY, Target.AUTO, cpu, List.of());
    Bounds bounds = Bounds.of(config, LimitRanges.of(limitRanges == null ? "" : limitRanges));

    assertThat(text(settings(pod, bounds))).contains(" in " + range + ", mem ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main env.WORKERS=4             | WORKERS 4 in 0..16/1
          main env.WORKERS=0             | WORKERS 0 in 0..4/1
          main env.OFFSET=-5             | OFFSET -5 in -20..0/1
          main env.RATE=0.25             | RATE 0.25 in 0..1/0
          main env.RATE=1e-3             | RATE 0.001 in 0..0.004/0
          main env.BATCH=1e3             | BATCH 1000 in 0..4000/1
          main env.N=4.0                 | N 4 in 0..16/1
          main env.a.b-c=1               | a.b-c 1 in 0..4/1
          main env.N=1 env.N=2           | N 2 in 0..8/1
          main env.N=1 env.N=fast        |
          main env.N=1 env.N<-x          |
          main env.N<-x env.N=3          | N 3 in 0..12/1
          main env.MODE=fast             |
          main env.EMPTY=                |
          main env.FILEMODE=0755         |
          main env.HEX=0x10              |
          main env.SIZE=64Mi             |
          main env.PLUS=+4               |
          main env.DOT=.5                |
          main env.NAN=NaN               |
          main env.ID=1234567890123456   |
          main env.HUGE=1e16             |
          main env.NODE<-spec            |
          main env.cpu=4 env.mem=5 env.replicas=2 |
          main env.1X=4 env.a/b=4        |
          main env.JOBID=42 env.W=4      | W 4 in 0..16/1
          """)
  void variablesWithAPlainNumberAreSettings(String pod, @Nullable String variables) {
    Map<String, Range> settings = settings(pod, FREE);

    assertThat(text(settings))
        .isEqualTo(
            "cpu 0 in 0..3.5/0.001, mem 0 in 0..1073741824/4096"
                + (variables == null ? "" : ", " + variables));
  }

  @Test
  void theVariableOfTheAppIdIsNoSetting() {
    ObjectNode pod = PodText.pod("main env.JOBID=42 env.TASK=7");

    PodResources resources = PodResources.of(pod, AppIdPath.parse("spec/containers/0/env/[TASK]"));

    assertThat(resources.containers().values())
        .singleElement()
        .satisfies(main -> assertThat(main.environment()).containsOnlyKeys("JOBID"));
  }

  @Test
  void componentsAreTheRegularContainersButPodmon() {
    Map<String, Map<String, Range>> components =
        describe("main, init/setup, sidecar/proxy, side, zzzzmonitor", FREE);

    assertThat(components).containsOnlyKeys("main", "side");
  }

  @Test
  void aPodWithoutContainersIsDescribedAsSuch() {
    ObjectNode pod = PodText.pod("main");
    pod.remove("spec");

    assertThat(Describing.describe(PodResources.of(pod), FREE).components()).isEmpty();
  }

  @Test
  void allThatIsMeasuredIsNamed() {
    Description description = Describing.describe(PodResources.of(PodText.pod("main")), FREE);

    assertThat(description.metrics()).containsExactly(Metric.values());
    assertThat(EventJson.write(description))
        .startsWith(
            """
            {"event":"DESCRIPTION","param":{"application":{"components":{"main":{"settings":\
            {"cpu":{"type":"range","value":0,"min":0,"max":3.5,"step":0.001},"mem":{"type":"range",\
            "value":0,"min":0,"max":1073741824,"step":4096}}}}},"metrics":{"duration":\
            """);
  }

  @Test
  void aDescriptionIsOfWhatTheAuthorAskedForNotOfWhatWasSet() {
    ObjectNode pod = PodText.pod("main limits.cpu=1 env.W=4");
    PodSettings.parse("main:limits.cpu=3 main:requests.cpu=3 main:env.W=9").applyTo(pod);

    Description description = Describing.describe(PodResources.of(pod), FREE);

    assertThat(text(description.components().getOrDefault("main", Map.of())))
        .isEqualTo("cpu 1 in 0..4/0.001, mem 0 in 0..1073741824/4096, W 4 in 0..16/1");
  }

  private static Map<String, Range> settings(String pod, Bounds bounds) {
    return describe(pod, bounds).getOrDefault("main", Map.of());
  }

  private static Map<String, Map<String, Range>> describe(String pod, Bounds bounds) {
    return Describing.describe(PodResources.of(PodText.pod(pod)), bounds).components();
  }

  private static String text(Map<String, Range> settings) {
    var text = new StringJoiner(", ");
    settings.forEach((name, range) ->
        text.add(
            name
                + " "
                + plain(range.value())
                + " in "
                + plain(range.min())
                + ".."
                + plain(range.max())
                + "/"
                + plain(range.step())));
    return text.toString();
  }

  private static String plain(double number) {
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
