package io.multijob.servo.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class PodSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "main:limits.cpu=1500m",
        "main:limits.cpu=1500m main:requests.memory=64Mi main:env.WORKERS=4",
        "main:limits.cpu=1 main:limits.memory=64Mi main:requests.cpu=1 main:requests.memory=64Mi",
        "main:limits.cpu=1 side-car:env.A_b.c-d=-0.25 a0:requests.cpu=1m",
      })
  void theyAreWrittenAsTheyAreRead(String text) {
    assertThat(PodSettings.parse(text)).hasToString(text);
  }

  @Test
  void theyAreReadWithMoreBlanksAndInAnyOrder() {
    assertThat(PodSettings.parse("  main:env.W=4\n  main:requests.cpu=0.5 main:limits.cpu=1000m "))
        .hasToString("main:limits.cpu=1 main:requests.cpu=500m main:env.W=4");
    assertThat(PodSettings.parse(" ")).isEqualTo(PodSettings.NONE);
    assertThat(PodSettings.NONE.isEmpty()).isTrue();
    assertThat(PodSettings.parse("main:env.W=4").isEmpty()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main                              | expected a setting such as main:limits.cpu=1500m, found 'main'
          limits.cpu=1                      | expected a setting such as main:limits.cpu=1500m, found 'limits.cpu=1'
          main:limits.cpu                   | expected a setting such as main:limits.cpu=1500m, found 'main:limits.cpu'
          main:limits.nvidia.com/gpu=1      | expected a setting such as main:limits.cpu=1500m, found 'main:limits.nvidia.com/gpu=1'
          main:cpu=1                        | expected a setting such as main:limits.cpu=1500m, found 'main:cpu=1'
          :limits.cpu=1                     | expected a setting such as main:limits.cpu=1500m, found ':limits.cpu=1'
          Main:limits.cpu=1                 | expected a setting such as main:limits.cpu=1500m, found 'Main:limits.cpu=1'
          main:env.=1                       | expected a setting such as main:limits.cpu=1500m, found 'main:env.=1'
          main:env.1X=1                     | expected a setting such as main:limits.cpu=1500m, found 'main:env.1X=1'
          main:limits.cpu=                  | main:limits.cpu: expected a quantity such as 500m, 2, 64Mi or 1e3, found ''
          main:limits.cpu=x                 | main:limits.cpu: expected a quantity such as 500m, 2, 64Mi or 1e3, found 'x'
          main:limits.cpu=0                 | main:limits.cpu: expected more than 0 of cpu, found 0
          main:requests.memory=-1           | main:requests.memory: expected more than 0 of memory, found -1
          main:env.W=                       | main:env.W: expected a plain number for W, found ''
          main:env.W=fast                   | main:env.W: expected a plain number for W, found 'fast'
          main:env.W=1 main:env.W=2         | a second value for main:env.W
          """)
  void otherTextIsRefusedByName(String text, String message) {
    assertThatThrownBy(() -> PodSettings.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main                                        | main:limits.cpu=1                  | main limits.cpu=1                          | main:limits.cpu=1                 | main:limits.cpu=
          main limits.cpu=2 requests.cpu=2            | main:limits.cpu=1 main:requests.cpu=500m | main limits.cpu=1 requests.cpu=500m  | main:limits.cpu=1 main:requests.cpu=500m | main:limits.cpu=2 main:requests.cpu=2
          main limits.memory=1G requests.cpu=1        | main:limits.memory=64Mi            | main limits.memory=64Mi requests.cpu=1     | main:limits.memory=64Mi           | main:limits.memory=1G
          main limits.memory=64Mi                     | main:limits.memory=64Mi            | main limits.memory=64Mi                    | main:limits.memory=64Mi           | main:limits.memory=64Mi
          main limits.memory=67108864                 | main:limits.memory=64Mi            | main limits.memory=67108864                | main:limits.memory=64Mi           | main:limits.memory=67108864
          main env.A=x env.W=4                        | main:env.W=9                       | main env.A=x env.W=9                       | main:env.W=9                      | main:env.W=4
          main env.W=1 env.W=4                        | main:env.W=9                       | main env.W=1 env.W=9                       | main:env.W=9                      | main:env.W=4
          main env.W<-x                               | main:env.W=9                       | main env.W<-x                              |                                   |
          main env.W=fast                             | main:env.W=9                       | main env.W=fast                            |                                   |
          main                                        | main:env.W=9                       | main                                       |                                   |
          main                                        | side:limits.cpu=1                  | main                                       |                                   |
          main, side                                  | side:limits.cpu=1                  | main, side limits.cpu=1                    | side:limits.cpu=1                 | side:limits.cpu=
          main                                        | main:limits.cpu=1 gone:limits.cpu=1| main limits.cpu=1                          | main:limits.cpu=1                 | main:limits.cpu=
          main, zzzzmonitor                           | zzzzmonitor:limits.cpu=1           | main, zzzzmonitor                          |                                   |
          main, init/setup                            | setup:limits.cpu=1                 | main                                       |                                   |
          """)
  void theyAreSetAndNoted(
      String before,
      String settings,
      String after,
      @Nullable String adjustment,
      @Nullable String author) {
    ObjectNode pod = PodText.pod(before);

    PodSettings.parse(settings).applyTo(pod);

    assertThat(PodText.text(pod)).isEqualTo(after);
    assertThat(annotation(pod, AdjustmentNotes.ADJUSTMENT))
        .isEqualTo(adjustment == null ? "" : adjustment);
    assertThat(annotation(pod, AdjustmentNotes.AUTHOR)).isEqualTo(author == null ? "" : author);
  }

  @Test
  void b40_nothingOfTheDocumentIsNullOrLostWhateverItLacked() {
    for (String text : new String[] {"main", "main limits.cpu=1", "main requests.memory=1Mi"}) {
      ObjectNode pod = PodText.pod(text);
      pod.remove("metadata");

      PodSettings.parse("main:limits.cpu=2 main:limits.memory=4Mi").applyTo(pod);

      assertThat(pod.toString()).doesNotContain("null");
      assertThat(PodText.text(pod)).startsWith("main limits.cpu=2 limits.memory=4Mi");
    }
  }

  @Test
  void otherAnnotationsAndResourcesStay() {
    ObjectNode pod = PodText.pod("main limits.nvidia.com/gpu=1 limits.cpu=1");
    pod.withObject("/metadata/annotations").put("team", "night");

    PodSettings.parse("main:limits.cpu=2").applyTo(pod);
    PodSettings.NONE.applyTo(pod);

    ObjectNode given = PodText.pod("main limits.nvidia.com/gpu=1 limits.cpu=1");
    given.withObject("/metadata/annotations").put("team", "night");
    assertThat(pod).isEqualTo(given);
  }

  @Test
  void aDryRunOnlyNotesWhatItWouldHaveSet() {
    ObjectNode pod = PodText.pod("main limits.cpu=1");
    PodSettings settings = PodSettings.parse("main:limits.cpu=2");

    settings.noteOn(pod);

    assertThat(PodText.text(pod)).isEqualTo("main limits.cpu=1");
    assertThat(annotation(pod, AdjustmentNotes.WOULD_ADJUST)).isEqualTo("main:limits.cpu=2");
    assertThat(annotation(pod, AdjustmentNotes.ADJUSTMENT)).isEmpty();

    settings.applyTo(pod);

    assertThat(annotation(pod, AdjustmentNotes.WOULD_ADJUST)).isEmpty();
  }

  private static String annotation(ObjectNode pod, String name) {
    return pod.path("metadata").path("annotations").path(name).asString("");
  }
}
