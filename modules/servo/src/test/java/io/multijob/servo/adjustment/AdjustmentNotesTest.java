package io.multijob.servo.adjustment;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class AdjustmentNotesTest {

  /// The pod as it comes again, its notes, and what its author is taken to have asked for.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main limits.cpu=2 requests.cpu=1 | main:limits.cpu=2 main:requests.cpu=1 | main:limits.cpu=1 main:requests.cpu=500m | limits.cpu=1 requests.cpu=500m
          main limits.cpu=2 requests.cpu=2 | main:limits.cpu=2 main:requests.cpu=2 | main:limits.cpu= main:requests.cpu=      |
          main limits.cpu=2000m            | main:limits.cpu=2                     | main:limits.cpu=1                        | limits.cpu=1
          main limits.memory=67M           | main:limits.memory=67000000           | main:limits.memory=64Mi                  | limits.memory=64Mi
          main limits.cpu=2 env.W=9        | main:limits.cpu=2 main:env.W=9        | main:limits.cpu=1 main:env.W=4           | limits.cpu=1 env.W=4
          main limits.cpu=3                | main:limits.cpu=2                     | main:limits.cpu=1                        | limits.cpu=3
          main                             | main:limits.cpu=2                     | main:limits.cpu=1                        |
          main limits.cpu=3 requests.cpu=1 | main:limits.cpu=2 main:requests.cpu=1 | main:limits.cpu=1 main:requests.cpu=500m | limits.cpu=3 requests.cpu=1
          main limits.cpu=3 env.W=9        | main:limits.cpu=2 main:env.W=9        | main:limits.cpu=1 main:env.W=4           | limits.cpu=3 env.W=4
          main limits.cpu=3 limits.memory=1Mi | main:limits.cpu=2 main:limits.memory=1Mi | main:limits.cpu=1 main:limits.memory=2Mi | limits.cpu=3 limits.memory=2Mi
          main limits.cpu=2                | main:limits.cpu=2                     |                                          | limits.cpu=2
          main limits.cpu=2                |                                       | main:limits.cpu=1                        | limits.cpu=2
          main limits.cpu=2                | main:limits.cpu=2                     | garbage                                  | limits.cpu=2
          main limits.cpu=2                | {"limits": 2}                         | main:limits.cpu=1                        | limits.cpu=2
          main limits.cpu=2                | main:limits.cpu=2                     | main:limits.cpu=lots                     | limits.cpu=2
          main limits.cpu=2                | main:limits.cpu=2                     | main:limits.cpu=-1                       | limits.cpu=2
          main limits.cpu=2                | main:limits.cpu=x                     | main:limits.cpu=1                        | limits.cpu=2
          main env.W=9                     | main:env.W=9                          | main:env.W=                              | env.W=9
          main env.W=9                     | main:env.W=9                          | main:env.W=fast                          | env.W=9
          main env.W=10                    | main:env.W=9                          | main:env.W=4                             | env.W=10
          main limits.cpu=2                | side:limits.cpu=2                     | side:limits.cpu=1                        | limits.cpu=2
          main limits.cpu=2                | main:limits.cpu=2 side:limits.cpu=2   | main:limits.cpu=1 side:limits.cpu=1      | limits.cpu=1
          """)
  void theAuthorsValuesCountWhileThePodHasThoseThatWereSet(
      String text,
      @Nullable String adjustment,
      @Nullable String author,
      @Nullable String authored) {
    ObjectNode pod = PodText.pod(text);
    note(pod, AdjustmentNotes.ADJUSTMENT, adjustment);
    note(pod, AdjustmentNotes.AUTHOR, author);
    ObjectNode given = pod.deepCopy();

    PodResources resources = PodResources.of(pod);

    assertThat(pod).isEqualTo(given);
    assertThat(resources)
        .isEqualTo(PodResources.of(PodText.pod(authored == null ? "main" : "main " + authored)));
  }

  @Test
  void b14_thePodThatComesAgainIsWantedAsItIs() {
    ObjectNode pod = PodText.pod("main limits.cpu=1 env.W=4, side");
    PodSettings settings =
        PodSettings.parse("main:limits.cpu=2 main:requests.cpu=2 main:env.W=9 side:limits.cpu=1");
    settings.applyTo(pod);
    ObjectNode wanted = pod.deepCopy();

    settings.applyTo(pod);

    assertThat(pod).isEqualTo(wanted);
  }

  @Test
  void thePodIsWantedAsItIsHoweverTheApiServerHasWrittenItSince() {
    ObjectNode pod = PodText.pod("main limits.memory=67M requests.memory=67M");
    note(
        pod,
        AdjustmentNotes.ADJUSTMENT,
        "main:limits.memory=67000000 main:requests.memory=67000000");
    note(pod, AdjustmentNotes.AUTHOR, "main:limits.memory=1Mi main:requests.memory=1Mi");
    ObjectNode given = pod.deepCopy();

    PodSettings.parse("main:limits.memory=67000000 main:requests.memory=67000000").applyTo(pod);

    assertThat(pod).isEqualTo(given);
  }

  @Test
  void whatOnlyAnEarlierPassHasSetIsTheAuthorsAgain() {
    ObjectNode pod = PodText.pod("main limits.cpu=1 env.W=4");
    PodSettings.parse("main:limits.cpu=2 main:requests.cpu=2 main:env.W=9").applyTo(pod);

    PodSettings.parse("main:limits.memory=64Mi").applyTo(pod);

    assertThat(PodText.text(pod)).isEqualTo("main limits.cpu=1 limits.memory=64Mi env.W=4");
    assertThat(annotation(pod, AdjustmentNotes.ADJUSTMENT)).isEqualTo("main:limits.memory=64Mi");
    assertThat(annotation(pod, AdjustmentNotes.AUTHOR)).isEqualTo("main:limits.memory=");
  }

  @Test
  void afterThePolicyTheWebhookStartsFromTheAuthor() {
    ObjectNode pod = PodText.pod("main limits.cpu=1 requests.cpu=500m");
    PodSettings.parse("main:limits.cpu=3 main:requests.cpu=1500m").applyTo(pod);

    PodSettings.parse("main:limits.cpu=2 main:requests.cpu=1").applyTo(pod);

    assertThat(PodText.text(pod)).isEqualTo("main limits.cpu=2 requests.cpu=1");
    assertThat(annotation(pod, AdjustmentNotes.AUTHOR))
        .isEqualTo("main:limits.cpu=1 main:requests.cpu=500m");
  }

  @Test
  void aCopiedManifestThatWasChangedIsTheAuthorsAsItStands() {
    ObjectNode pod = PodText.pod("main limits.cpu=1");
    PodSettings.parse("main:limits.cpu=2").applyTo(pod);
    ObjectNode copied = PodText.pod("main limits.cpu=500m");
    copied.withObject("/metadata/annotations").setAll((ObjectNode) pod.at("/metadata/annotations"));

    PodSettings.parse("main:limits.cpu=4").applyTo(copied);

    assertThat(annotation(copied, AdjustmentNotes.AUTHOR)).isEqualTo("main:limits.cpu=500m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          main limits.cpu=2 env.W=9 | main:limits.cpu=2 main:env.W=9 | main:limits.cpu=1 main:env.W=4
          main limits.cpu=3 env.W=9 | main:env.W=9                   | main:env.W=4
          main limits.cpu=3 env.W=8 |                                |
          """)
  void staleNotesAreDropped(String text, @Nullable String adjustment, @Nullable String author) {
    ObjectNode pod = PodText.pod(text);
    note(pod, AdjustmentNotes.ADJUSTMENT, "main:limits.cpu=2 main:env.W=9");
    note(pod, AdjustmentNotes.AUTHOR, "main:limits.cpu=1 main:env.W=4");

    AdjustmentNotes.dropStale(pod);

    assertThat(PodText.text(pod)).isEqualTo(text);
    assertThat(annotation(pod, AdjustmentNotes.ADJUSTMENT))
        .isEqualTo(adjustment == null ? "" : adjustment);
    assertThat(annotation(pod, AdjustmentNotes.AUTHOR)).isEqualTo(author == null ? "" : author);
  }

  @Test
  void aPodWithoutNotesIsLeftAsItIs() {
    ObjectNode pod = PodText.pod("main limits.cpu=1");
    ObjectNode given = pod.deepCopy();

    AdjustmentNotes.dropStale(pod);
    PodSettings.NONE.applyTo(pod);

    assertThat(pod).isEqualTo(given);
  }

  private static void note(ObjectNode pod, String annotation, @Nullable String text) {
    if (text != null) {
      pod.withObject("/metadata/annotations").put(annotation, text);
    }
  }

  private static String annotation(ObjectNode pod, String name) {
    return pod.path("metadata").path("annotations").path(name).asString("");
  }
}
