package io.multijob.servo.conversation;

import static io.multijob.servo.conversation.ScriptedOptune.adjust;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Command;
import io.multijob.protocol.SettingValue;
import io.multijob.servo.conversation.Agreement.Adjust;
import io.multijob.servo.conversation.Agreement.Freshness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class KeptAdjustmentsTest {
  private static final Command.Adjust OLD = adjust("0.25");
  private static final Command.Adjust NEW = adjust("0.5");

  @TempDir private Path directory;

  @Test
  void theLastOneOfEachAppSurvivesARestart() {
    Map<String, SettingValue> settings = new LinkedHashMap<>();
    settings.put("mem", SettingValue.of(67108864));
    settings.put("MODE \"x\"", SettingValue.of("fast\n"));
    Command.Adjust wide = new Command.Adjust(Map.of("main", settings, "side/car", Map.of()));
    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      kept.given("team/report 1", OLD);
      kept.given("team/report 1", wide);
      kept.keepForNext("due", NEW);
    }

    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      assertThat(kept.size()).isEqualTo(2);
      assertThat(kept.take("team/report 1")).contains(new Adjust(wide, Freshness.KEPT));
      assertThat(kept.take("due")).contains(new Adjust(NEW, Freshness.FRESH));
      assertThat(kept.take("other")).isEmpty();
    }
  }

  @Test
  void whatIsForTheNextPodIsGivenToOne() {
    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      kept.keepForNext("app", NEW);

      assertThat(kept.takeDue("app")).contains(new Adjust(NEW, Freshness.FRESH));
      assertThat(kept.takeDue("app")).isEmpty();
      assertThat(kept.take("app")).contains(new Adjust(NEW, Freshness.KEPT));
    }
  }

  @Test
  void whatDidNotFitIsForgottenUnlessThereIsANewerOne() {
    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      kept.given("app", NEW);

      kept.forget("app", OLD);
      assertThat(kept.peek("app")).isPresent();
      kept.forget("app", NEW);
      assertThat(kept.peek("app")).isEmpty();
    }
    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      assertThat(kept.size()).isZero();
    }
  }

  @Test
  void theAppThatWasLongestSilentGoesFirst() {
    try (KeptAdjustments kept = KeptAdjustments.open(directory, 3, 1_000_000)) {
      kept.given("a", OLD);
      kept.given("b", OLD);
      kept.given("c", OLD);
      assertThat(kept.take("a")).isPresent();
      kept.given("d", OLD);
    }
    try (KeptAdjustments kept = KeptAdjustments.open(directory, 3, 1_000_000)) {
      assertThat(kept.peek("b")).isEmpty();
      assertThat(kept.size()).isEqualTo(3);
      kept.given("e", OLD);
      assertThat(kept.peek("c")).isEmpty();
    }
  }

  @Test
  void isBoundedInSizeToo() {
    Command.Adjust large =
        new Command.Adjust(Map.of("main", Map.of("TEXT", SettingValue.of("x".repeat(500)))));
    try (KeptAdjustments kept = KeptAdjustments.open(directory, 10_000, 2_000)) {
      for (int i = 0; i < 100; i++) {
        kept.given("app-" + i, large);
      }

      assertThat(kept.size()).isEqualTo(3);
      assertThat(kept.peek("app-99")).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "\0\0\0\0",
        "[]",
        "{\"version\":2,\"adjustments\":[]}",
        "{\"version\":1,\"adjustments\":[{}]}",
        "{\"version\":1,\"adjustments\":[{\"app\":\"a\",\"standing\":\"due\"}]}",
        "{\"version\":1,\"adjustments\":[{\"app\":\"a\",\"standing\":\"due\","
            + "\"answer\":{\"cmd\":\"MEASURE\"}}]}",
        "{\"version\":1,\"adjustments\":[{\"app\":\"a\",\"standing\":\"due\","
            + "\"answer\":{\"cmd\":\"ADJUST\",\"param\":7}}]}",
        "{\"version\":1,\"adjustments\":[{\"app\":\"a\",\"standing\":\"odd\",\"answer\":"
            + "{\"cmd\":\"ADJUST\",\"param\":{\"application\":{\"components\":{}}}}}]}",
      })
  void aFileThatIsDamagedIsMovedAsideAndANewOneBegun(String content) throws Exception {
    Path file = directory.resolve("adjustments.json");
    Files.writeString(file, content);

    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      assertThat(kept.size()).isZero();
      assertThat(directory.resolve("adjustments.json.damaged")).hasContent(content);
      kept.given("app", NEW);
    }
    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      assertThat(kept.peek("app")).contains(new Adjust(NEW, Freshness.KEPT));
    }
  }

  /// A crash leaves the file as it was before, or as it should be after.
  @Test
  void whatACrashLeavesHalfWrittenIsNotRead() throws Exception {
    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      kept.given("app", NEW);
    }
    Files.write(directory.resolve("adjustments.json.tmp"), "{\"vers".getBytes(UTF_8));

    try (KeptAdjustments kept = KeptAdjustments.open(directory)) {
      assertThat(kept.peek("app")).isPresent();
    }
  }

  @Test
  void withoutADiskTheyAreKeptInMemory() throws Exception {
    Path nowhere = Files.writeString(directory.resolve("a-file"), "").resolve("below");

    try (KeptAdjustments kept = KeptAdjustments.open(nowhere)) {
      kept.given("app", NEW);

      assertThat(kept.peek("app")).isPresent();
    }
  }
}
