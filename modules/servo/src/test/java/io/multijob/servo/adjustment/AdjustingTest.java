package io.multijob.servo.adjustment;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Command;
import io.multijob.protocol.SettingValue;
import io.multijob.servo.adjustment.Adjusted.Fit;
import io.multijob.servo.adjustment.Adjusted.Unfit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class AdjustingTest {
  private static final Bounds FREE = Bounds.of(AdjustSettings.DEFAULT, List.of());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main limits.cpu=1 requests.cpu=1                  | main.cpu=2           | main:limits.cpu=2 main:requests.cpu=2
          main limits.cpu=1                                 | main.cpu=2           | main:limits.cpu=2 main:requests.cpu=2
          main limits.cpu=1 requests.cpu=250m               | main.cpu=2           | main:limits.cpu=2 main:requests.cpu=500m
          main limits.cpu=1 requests.cpu=250m               | main.cpu=0.5         | main:limits.cpu=500m main:requests.cpu=125m
          main limits.cpu=3 requests.cpu=1                  | main.cpu=1           | main:limits.cpu=1 main:requests.cpu=333m
          main limits.cpu=2 requests.cpu=1999m              | main.cpu=0.1         | main:limits.cpu=100m main:requests.cpu=99m
          main limits.cpu=1 requests.cpu=1m                 | main.cpu=0.1         | main:limits.cpu=100m main:requests.cpu=1m
          main requests.cpu=1                               | main.cpu=2           | main:requests.cpu=2
          main limits.cpu=0 requests.memory=1Mi             | main.mem=2097152     | main:requests.memory=2Mi
          main limits.cpu=1 requests.cpu=0                  | main.cpu=2           | main:limits.cpu=2
          main limits.memory=64Mi                           | main.mem=134217728   | main:limits.memory=128Mi main:requests.memory=128Mi
          main limits.memory=64Mi requests.memory=48Mi      | main.mem=134217728   | main:limits.memory=128Mi main:requests.memory=96Mi
          main limits.memory=64Mi requests.memory=1         | main.mem=4096        | main:limits.memory=4096 main:requests.memory=1
          main limits.memory=1G requests.memory=1e9         | main.mem=2000000000  | main:limits.memory=1999998976 main:requests.memory=1999998976
          main limits.cpu=1 limits.memory=64Mi              | main.cpu=2           | main:limits.cpu=2 main:requests.cpu=2
          main requests.memory=64Mi                         | main.cpu=2           | main:limits.cpu=2 main:requests.cpu=2
          main limits.memory=64Mi                           | main.cpu=2           | main:requests.cpu=2
          main limits.cpu=1 requests.memory=1Mi             | main.cpu=2 main.mem=2097152 | main:limits.cpu=2 main:requests.cpu=2 main:requests.memory=2Mi
          main limits.cpu=1, side requests.cpu=1            | main.cpu=2 side.cpu=3 | main:limits.cpu=2 main:requests.cpu=2 side:requests.cpu=3
          main env.WORKERS=4                                | main.WORKERS=8       | main:env.WORKERS=8
          main limits.cpu=1 env.WORKERS=4                   | main.WORKERS=8 main.cpu=2 | main:limits.cpu=2 main:requests.cpu=2 main:env.WORKERS=8
          main limits.cpu=1                                 | main.cpu=1           | main:limits.cpu=1 main:requests.cpu=1
          main, pod limits.cpu=3 limits.memory=1Gi requests.cpu=3 requests.memory=1Gi | main.cpu=2           | main:limits.cpu=2 main:requests.cpu=2
          """)
  void b22_bothAmountsAreSetInTheirOwnRatio(String pod, String wanted, String settings) {
    assertThat(adjust(pod, wanted, FREE, Target.AUTO))
        .isEqualTo(new Fit(PodSettings.parse(settings)))
        .hasToString("Fit[settings=" + settings + "]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          LIMITS   | main limits.cpu=1 requests.cpu=500m  | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=500m
          LIMITS   | main limits.cpu=1 requests.cpu=500m  | main.cpu=0.2 | main:limits.cpu=200m main:requests.cpu=200m
          LIMITS   | main limits.cpu=1                    | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=1
          LIMITS   | main requests.cpu=500m               | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=500m
          LIMITS   | main requests.cpu=0                  | main.cpu=2   | main:limits.cpu=2
          LIMITS   | main                                 | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=2
          REQUESTS | main limits.cpu=1 requests.cpu=500m  | main.cpu=0.2 | main:limits.cpu=1 main:requests.cpu=200m
          REQUESTS | main limits.cpu=1 requests.cpu=500m  | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=2
          REQUESTS | main limits.cpu=0                    | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=2
          REQUESTS | main                                 | main.cpu=2   | main:requests.cpu=2
          BOTH     | main limits.cpu=1 requests.cpu=500m  | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=2
          BOTH     | main requests.cpu=500m               | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=2
          BOTH     | main                                 | main.cpu=2   | main:limits.cpu=2 main:requests.cpu=2
          """)
  void b22_theLimitIsNeverUnderTheRequest(
      Target target, String pod, String wanted, String settings) {
    assertThat(adjust(pod, wanted, FREE, target)).isEqualTo(new Fit(PodSettings.parse(settings)));
  }

  @ParameterizedTest
  @CsvSource({
    "main limits.cpu=1, main.cpu=1.2344, 1234m",
    "main limits.cpu=1, main.cpu=1.2345, 1235m",
    "main limits.cpu=1, main.cpu=0.0001, 1m",
    "main limits.cpu=1, main.cpu=4, 4",
    "main limits.cpu=1, main.cpu=1e0, 1",
    "main limits.memory=1Gi, main.mem=100000, 98304",
    "main limits.memory=1Gi, main.mem=1, 4096",
    "main limits.memory=1Gi, main.mem=4294967295, 4Gi",
  })
  void b24_valuesAreRoundedToTheStep(String pod, String wanted, String limit) {
    assertThat(adjust(pod, wanted, FREE, Target.AUTO)).isInstanceOf(Fit.class);
    assertThat(adjust(pod, wanted, FREE, Target.AUTO).toString()).contains("=" + limit + " ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main limits.cpu=1   | main.cpu=4.001        | main.cpu: expected 0 to 4, found 4.001
          main limits.cpu=1   | main.cpu=-1           | main.cpu: expected 0 to 4, found -1
          main limits.cpu=1   | main.cpu=0            | main.cpu: expected more than 0, found 0
          main limits.cpu=1   | main.cpu=0.0          | main.cpu: expected more than 0, found 0
          main limits.cpu=1   | main.cpu=NaN          | main.cpu: expected a number, found 'NaN'
          main limits.cpu=1   | main.cpu=Infinity     | main.cpu: expected a number, found 'Infinity'
          main limits.cpu=1   | main.cpu=500m         | main.cpu: expected a number, found '500m'
          main limits.cpu=1   | main.mem=64Mi         | main.mem: expected a number, found '64Mi'
          main limits.cpu=1   | main.cpu=             | main.cpu: expected a number, found ''
          main limits.cpu=1   | main.mem=1e300        | main.mem: expected 0 to 1073741824, found 1e300
          main limits.cpu=1   | main.cpu=1e999999999  | main.cpu: expected a number, found '1e999999999'
          main limits.cpu=1   | other.cpu=1           | no component 'other', only main
          main, side          | zzzzmonitor.cpu=1     | no component 'zzzzmonitor', only main, side
          main, zzzzmonitor   | zzzzmonitor.cpu=1     | no component 'zzzzmonitor', only main
          main, init/setup    | setup.cpu=1           | no component 'setup', only main
          main, sidecar/proxy | proxy.cpu=1           | no component 'proxy', only main
          zzzzmonitor         | main.cpu=1            | no component 'main', only none
          main env.W=4        | main.V=5              | main.V: no such setting, nor a variable whose value is a plain number
          main env.W=4        | main.memory=5         | main.memory: no such setting, nor a variable whose value is a plain number
          main env.W=4        | main.replicas=2       | main.replicas: reserved, a one-time pod is one
          main env.replicas=4 | main.replicas=2       | main.replicas: reserved, a one-time pod is one
          main env.W=fast     | main.W=5              | main.W: no such setting, nor a variable whose value is a plain number
          main env.W<-spec    | main.W=5              | main.W: no such setting, nor a variable whose value is a plain number
          main env.JOBID=42   | main.JOBID=43         | main.JOBID: no such setting, nor a variable whose value is a plain number
          main env.W=4        | main.W=17             | main.W: expected 0 to 16, found 17
          main env.W=4        | main.W=-1             | main.W: expected 0 to 16, found -1
          main env.W=4        | main.W=fast           | main.W: expected a number, found 'fast'
          main limits.cpu=1   | main.cpu=9 main.X=1 x.cpu=1 | main.cpu: expected 0 to 4, found 9; main.X: no such setting, nor a variable whose value is a plain number; no component 'x', only main
          """)
  void b24_whatDoesNotFitIsRefusedByName(String pod, String wanted, String message) {
    assertThat(adjust(pod, wanted, FREE, Target.AUTO)).isEqualTo(new Unfit(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main       | main.cpu=1               | main:limits.cpu=1 main:requests.cpu=1 | Burstable | BestEffort
          main, side | side.mem=4096            | side:limits.memory=4096 side:requests.memory=4096 | Burstable | BestEffort
          main       | main.cpu=1 main.mem=4096 | main:limits.cpu=1 main:limits.memory=4096 main:requests.cpu=1 main:requests.memory=4096 | Guaranteed | BestEffort
          main limits.cpu=2m requests.cpu=1m limits.memory=64Mi | main.cpu=0.001 | main:limits.cpu=1m main:requests.cpu=1m | Guaranteed | Burstable
          """)
  void b22_withoutATargetTheQosClassIsKept(
      String pod, String wanted, String settings, String after, String before) {
    String message =
        "with %s the pod would be %s instead of %s; ADJUST_TARGET=limits, requests or both lets it"
            .formatted(settings, after, before);

    assertThat(adjust(pod, wanted, FREE, Target.AUTO)).isEqualTo(new Unfit(message));
    for (Target target : List.of(Target.LIMITS, Target.REQUESTS, Target.BOTH)) {
      assertThat(adjust(pod, wanted, FREE, target)).isInstanceOf(Fit.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Container min.cpu=500m | AUTO     | main limits.cpu=1 requests.cpu=500m | main.cpu=0.75  | main:limits.cpu=750m main:requests.cpu=500m
          Container min.cpu=500m | AUTO     | main limits.cpu=1 requests.cpu=500m | main.cpu=0.4   | main.cpu: expected 0.5 to 4, found 0.4
          Container max.cpu=2    | AUTO     | main limits.cpu=1 requests.cpu=500m | main.cpu=3     | main.cpu: expected 0 to 2, found 3
          Container max.cpu=2    | AUTO     | main limits.cpu=1 requests.cpu=500m | main.cpu=2     | main:limits.cpu=2 main:requests.cpu=1
          Container max.cpu=2    | REQUESTS | main requests.cpu=500m              | main.cpu=2     | main.cpu: against a LimitRange, there is no limit, and one of at most 2 is wanted
          Container ratio.cpu=4  | AUTO     | main limits.cpu=1 requests.cpu=250m | main.cpu=0.777 | main:limits.cpu=777m main:requests.cpu=195m
          Container ratio.cpu=2  | LIMITS   | main limits.cpu=1 requests.cpu=500m | main.cpu=2     | main:limits.cpu=2 main:requests.cpu=1
          Container ratio.cpu=3  | LIMITS   | main limits.cpu=1 requests.cpu=500m | main.cpu=2     | main:limits.cpu=2 main:requests.cpu=667m
          Container ratio.cpu=2  | REQUESTS | main limits.cpu=1 requests.cpu=500m | main.cpu=0.25  | main.cpu: against a LimitRange, a limit of 1 is more than 2 times the request of 250m
          Container ratio.cpu=1.5| BOTH     | main limits.cpu=1 requests.cpu=1    | main.cpu=0.25  | main:limits.cpu=250m main:requests.cpu=250m
          Pod max.cpu=2          | AUTO     | main limits.cpu=1, side limits.cpu=1| main.cpu=1.5   | main.cpu: against a LimitRange, in the pod a limit of 2500m is more than 2
          Pod max.cpu=3          | AUTO     | main limits.cpu=1, side limits.cpu=1| main.cpu=1.5   | main:limits.cpu=1500m main:requests.cpu=1500m
          Pod max.cpu=2          | AUTO     | main limits.cpu=1, side limits.cpu=1| main.cpu=1.5 side.cpu=0.5 | main:limits.cpu=1500m main:requests.cpu=1500m side:limits.cpu=500m side:requests.cpu=500m
          Pod min.cpu=2          | AUTO     | main limits.cpu=1, side limits.cpu=1| main.cpu=0.5   | main.cpu: against a LimitRange, in the pod a request of 1500m is less than 2
          Pod min.cpu=2          | AUTO     | main limits.cpu=1, init/setup limits.cpu=2| main.cpu=0.5 | main:limits.cpu=500m main:requests.cpu=500m
          Pod max.cpu=2          | AUTO     | main limits.cpu=1, sidecar/proxy limits.cpu=1, init/setup limits.cpu=1 | main.cpu=1 | main:limits.cpu=1 main:requests.cpu=1
          Pod max.memory=1Mi     | AUTO     | main limits.cpu=1                   | main.cpu=2     | main:limits.cpu=2 main:requests.cpu=2
                                 | AUTO     | main limits.cpu=1, pod limits.cpu=2 | main.cpu=3     | main.cpu: a limit of 3 is more than the pod's own 2
                                 | AUTO     | main limits.cpu=1, pod requests.cpu=2| main.cpu=3    | main.cpu: the containers' requests of 3 are more than the pod's own 2
                                 | AUTO     | main limits.cpu=1, pod requests.cpu=2| main.cpu=2    | main:limits.cpu=2 main:requests.cpu=2
                                 | LIMITS   | main requests.cpu=1, pod requests.cpu=2| main.cpu=4  | main:limits.cpu=4 main:requests.cpu=1
          """)
  void b10_whatTheApiServerWouldRefuseIsNotSet(
      @Nullable String limitRanges, Target target, String pod, String wanted, String expected) {
    Bounds bounds =
        Bounds.of(AdjustSettings.DEFAULT, LimitRanges.of(limitRanges == null ? "" : limitRanges));

    Adjusted adjusted = adjust(pod, wanted, bounds, target);

    assertThat(
            switch (adjusted) {
              case Fit(PodSettings settings) -> settings.toString();
              case Unfit(String message) -> message;
            })
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "main env.W=4, main.W=2.5, 3",
    "main env.W=4, main.W=2.4, 2",
    "main env.W=4, main.W=0, 0",
    "main env.W=4, main.W=16, 16",
    "main env.W=-5, main.W=-20, -20",
    "main env.W=0.25, main.W=0.123456789, 0.123456789",
    "main env.W=0.25, main.W=0.33333333333333333333, 0.333333333333333",
    "main env.W=0.25, main.W=1e-30, 0",
    "main env.W=1e3, main.W=2e3, 2000",
  })
  void variablesAreSetToPlainNumbers(String pod, String wanted, String value) {
    assertThat(adjust(pod, wanted, FREE, Target.AUTO))
        .isEqualTo(new Fit(PodSettings.parse("main:env.W=" + value)));
  }

  @Test
  void numbersAndTextThatSpellsOneAreTheSame() {
    PodResources pod = PodResources.of(PodText.pod("main limits.cpu=1"));

    assertThat(
            Adjusting.adjust(
                pod,
                new Command.Adjust(Map.of("main", Map.of("cpu", SettingValue.of(1.5)))),
                FREE,
                Target.AUTO))
        .isEqualTo(adjust("main limits.cpu=1", "main.cpu=1.5", FREE, Target.AUTO));
  }

  @Test
  void configuredBoundsHold() {
    var config =
        new AdjustSettings(
            Mode.APPLY,
            Target.AUTO,
            List.of(SettingRange.parse(ResourceName.CPU, "0.5..2/0.5")),
            List.of(SettingRange.parse(ResourceName.MEMORY, "64Mi..1Gi/64Mi")));
    Bounds bounds = Bounds.of(config, List.of());

    assertThat(
            adjust(
                "main limits.cpu=1 limits.memory=1Gi",
                "main.cpu=1.8 main.mem=1e8",
                bounds,
                Target.AUTO))
        .hasToString(
            "Fit[settings=main:limits.cpu=2 main:limits.memory=64Mi main:requests.cpu=2"
                + " main:requests.memory=64Mi]");
    assertThat(adjust("main limits.cpu=1", "main.cpu=0.4", bounds, Target.AUTO))
        .isEqualTo(new Unfit("main.cpu: expected 0.5 to 2, found 0.4"));
  }

  @Test
  void anAdjustThatAsksForNothingFits() {
    PodResources pod = PodResources.of(PodText.pod("main"));

    assertThat(Adjusting.adjust(pod, new Command.Adjust(Map.of()), FREE, Target.AUTO))
        .isEqualTo(new Fit(PodSettings.NONE));
    assertThat(
            Adjusting.adjust(pod, new Command.Adjust(Map.of("main", Map.of())), FREE, Target.AUTO))
        .isEqualTo(new Fit(PodSettings.NONE));
  }

  @Test
  void b14_asManyPassesAndCommandsAsThereAreGiveWhatTheLastOneAloneWouldGive() {
    ObjectNode once = PodText.pod("main limits.cpu=1 requests.cpu=250m env.W=4");
    ObjectNode often = once.deepCopy();
    apply(once, "main.cpu=2 main.W=7");

    for (String wanted : List.of("main.cpu=4", "main.W=9 main.mem=4096", "main.cpu=2 main.W=7")) {
      apply(often, wanted);
      apply(often, wanted);
    }

    assertThat(often).isEqualTo(once);
    assertThat(PodText.text(often)).isEqualTo("main limits.cpu=2 requests.cpu=500m env.W=7");
  }

  /// For any pod and any wish: what fits keeps the class, is in order, and is the same when the pod
  /// comes again.
  @Test
  void whateverFitsKeepsTheClassAndTheOrderAndComesOutTheSameAgain() {
    var random = new Random(22);
    int fits = 0;
    for (int i = 0; i < 5_000; i++) {
      ObjectNode pod = PodText.pod(randomPod(random));
      String before = pod.toString();
      Command.Adjust wanted =
          command(
              "main.cpu="
                  + random.nextInt(1, 4000) / 1000.0
                  + " main.mem="
                  + random.nextInt(1, 1 << 30));
      QosClass qosClass = QosClass.of(pod.path("spec"));
      if (!(Adjusting.adjust(PodResources.of(pod), wanted, FREE, Target.AUTO)
          instanceof Fit(PodSettings settings))) {
        assertThat(pod).hasToString(before);
        continue;
      }
      fits++;

      settings.applyTo(pod);

      assertThat(QosClass.of(pod.path("spec"))).as(before).isEqualTo(qosClass);
      Amounts amounts = Amounts.of(pod.path("spec").path("containers").path(0).path("resources"));
      amounts
          .limits()
          .forEach((resource, limit) ->
              assertThat(amounts.completed().request(resource).orElseThrow())
                  .as(before)
                  .isLessThanOrEqualTo(limit));
      assertThat(PodSettings.parse(settings.toString())).isEqualTo(settings);
      assertThat(Adjusting.adjust(PodResources.of(pod), wanted, FREE, Target.AUTO))
          .as(before)
          .isEqualTo(new Fit(settings));
    }
    assertThat(fits).isGreaterThan(1_000);
  }

  private static String randomPod(Random random) {
    var text = new StringBuilder("main");
    for (String resource : List.of("cpu", "memory")) {
      String suffix = resource.equals("cpu") ? "m" : "Ki";
      int request = random.nextInt(1, 3_000);
      switch (random.nextInt(4)) {
        case 0 -> {}
        case 1 ->
            text.append(" requests.").append(resource).append('=').append(request).append(suffix);
        case 2 ->
            text.append(" limits.").append(resource).append('=').append(request).append(suffix);
        default -> {
          text.append(" requests.").append(resource).append('=').append(request).append(suffix);
          text.append(" limits.").append(resource).append('=');
          text.append(request + random.nextInt(3_000) * random.nextInt(2)).append(suffix);
        }
      }
    }
    return text.append(random.nextBoolean() ? ", sidecar/proxy requests.cpu=1" : "").toString();
  }

  private static void apply(ObjectNode pod, String wanted) {
    Adjusted adjusted = Adjusting.adjust(PodResources.of(pod), command(wanted), FREE, Target.AUTO);
    assertThat(adjusted).isInstanceOf(Fit.class);
    if (adjusted instanceof Fit(PodSettings settings)) {
      settings.applyTo(pod);
    }
  }

  private static Adjusted adjust(String pod, String wanted, Bounds bounds, Target target) {
    return Adjusting.adjust(PodResources.of(PodText.pod(pod)), command(wanted), bounds, target);
  }

  private static Command.Adjust command(String wanted) {
    var components = new LinkedHashMap<String, Map<String, SettingValue>>();
    for (String word : wanted.split(" +", -1)) {
      String[] parts = word.split("[.=]", 3);
      components
          .computeIfAbsent(parts[0], _ -> new LinkedHashMap<>())
          .put(parts[1], SettingValue.of(parts[2]));
    }
    return new Command.Adjust(components);
  }
}
