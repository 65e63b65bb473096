package io.multijob.servo.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.adjustment.PodSettings;
import io.multijob.servo.policy.NamespaceWriter.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class SettingsKeeperTest {
  private static final int ROOM = 100_000;
  private static final String FOUR = "main:env.WORKERS=4";
  private static final String EIGHT = "main:env.WORKERS=8";

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  @Test
  void writesSettingsOnTheNamespaceOfTheirApp() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces();
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("batch", "nightly", PodSettings.parse(FOUR));
      assertThat(told.take()).isEqualTo("written");
    }
    assertThat(namespaces.annotations("batch"))
        .containsOnly(Map.entry("settings.servo.optune.io/nightly", FOUR));
  }

  @Test
  void takesAwaySettingsThatAreVoid() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces();
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("batch", "nightly", PodSettings.parse(FOUR));
      told.take();
      keeper.put("batch", "nightly", PodSettings.NONE);
      assertThat(told.take()).isEqualTo("written");
    }
    assertThat(namespaces.annotations("batch")).isEmpty();
  }

  @Test
  void knowsWhichAppsHaveSettingsEvenThoseThatAnotherWrote() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces();
    namespaces.write("batch", present -> Map.of("settings.servo.optune.io/nightly", FOUR));

    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      assertThat(keeper.has("batch", "nightly")).isTrue();
      assertThat(keeper.has("batch", "hourly")).isFalse();
      assertThat(keeper.has("etl", "nightly")).isFalse();
    }
  }

  @Test
  void mayHaveSettingsWhereTheNamespaceMayNotBeRead() throws Exception {
    FakeNamespaces namespaces =
        new FakeNamespaces(
            new Outcome.Denied("403"), new Outcome.Gone(), new Outcome.Later("503", Duration.ZERO));

    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      assertThat(keeper.has("batch", "nightly")).isTrue();
      assertThat(keeper.has("batch", "nightly")).isFalse();
      assertThatThrownBy(() -> keeper.has("batch", "nightly"))
          .isInstanceOf(IOException.class)
          .hasMessage("namespace batch cannot be read: 503");
    }
  }

  @Test
  void writesTogetherWhatComesWhileAWriteIsUnderWay() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces();
    namespaces.close();
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("batch", "first", PodSettings.parse(FOUR));
      namespaces.writes().take();
      for (int i = 0; i < 500; i++) {
        keeper.put("batch", "app-" + i % 50, PodSettings.parse("main:env.WORKERS=" + i));
      }
      assertThat(keeper.waiting()).isEqualTo(51);
      namespaces.open();
    }
    assertThat(told).containsExactly("written", "written");
    assertThat(namespaces.annotations("batch"))
        .hasSize(51)
        .containsEntry("settings.servo.optune.io/app-7", "main:env.WORKERS=457");
  }

  @Test
  void doesNotLookAgainAfterWhatItHasJustWritten() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces();
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("batch", "nightly", PodSettings.parse(FOUR));
      told.take();
      while (keeper.waiting() > 0) {
        Thread.onSpinWait();
      }
      keeper.put("batch", "nightly", PodSettings.parse(FOUR));
      assertThat(keeper.waiting()).isZero();
      keeper.put("batch", "nightly", PodSettings.parse(EIGHT));
      told.take();
      while (keeper.waiting() > 0) {
        Thread.onSpinWait();
      }
      keeper.put("batch", "nightly", PodSettings.parse(FOUR));
      told.take();
    }
    assertThat(namespaces.writes()).hasSize(3);
    assertThat(namespaces.annotations("batch")).containsValue(FOUR);
  }

  @Test
  void goesOnWithOthersWhereItIsNotAllowedToWrite() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces(new Outcome.Denied("403"));
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("closed", "nightly", PodSettings.parse(FOUR));
      assertThat(told.take()).isEqualTo("denied");
      keeper.put("open", "nightly", PodSettings.parse(FOUR));
      assertThat(told.take()).isEqualTo("written");

      assertThat(keeper.problem()).contains("no permission to get and patch namespaces closed");
    }
    assertThat(namespaces.annotations("closed")).isEmpty();
    assertThat(namespaces.annotations("open")).hasSize(1);
  }

  @Test
  void writesTheLatestWhenAnEarlierWriteHasFailed() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces(new Outcome.Later("500", Duration.ofMillis(1)));
    namespaces.close();
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("batch", "nightly", PodSettings.parse(FOUR));
      namespaces.writes().take();
      keeper.put("batch", "nightly", PodSettings.parse(EIGHT));
      namespaces.open();
      assertThat(told.take()).isEqualTo("later");
      assertThat(told.take()).isEqualTo("written");
    }
    assertThat(namespaces.annotations("batch")).containsValue(EIGHT);
  }

  @Test
  void countsAnAppWhoseIdCannotBeTheNameOfAnAnnotation() {
    FakeNamespaces namespaces = new FakeNamespaces();
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("batch", "two words", PodSettings.parse(FOUR));
      keeper.put("batch", "-", PodSettings.parse(FOUR));
      keeper.put("batch", "a".repeat(64), PodSettings.parse(FOUR));
      keeper.put("batch", "a".repeat(63), PodSettings.parse(FOUR));
    }
    assertThat(told).containsExactlyInAnyOrder("NO_NAME", "NO_NAME", "NO_NAME", "written");
    assertThat(namespaces.annotations("batch")).hasSize(1);
  }

  @Test
  void letsTheOldestGoWhereThereIsNoRoom() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces();
    int one = "settings.servo.optune.io/a".length() + FOUR.length();
    try (SettingsKeeper keeper = keeper(namespaces, 2 * one)) {
      int workers = 1;
      for (String app : List.of("b", "a", "b", "c")) {
        keeper.put("batch", app, PodSettings.parse("main:env.WORKERS=" + workers++));
        assertThat(told.take()).isIn("written", "OLDEST");
      }
    }
    assertThat(namespaces.annotations("batch"))
        .containsOnlyKeys("settings.servo.optune.io/b", "settings.servo.optune.io/c");
  }

  @Test
  void dropsWhatIsForANamespaceThatIsGone() throws Exception {
    FakeNamespaces namespaces = new FakeNamespaces(new Outcome.Gone());
    try (SettingsKeeper keeper = keeper(namespaces, ROOM)) {
      keeper.put("gone", "nightly", PodSettings.parse(FOUR));
      assertThat(told.take()).isEqualTo("gone");
    }
    assertThat(namespaces.writes()).hasSize(1);
  }

  private SettingsKeeper keeper(FakeNamespaces namespaces, int bound) {
    SettingsKeeper keeper =
        new SettingsKeeper(
            namespaces,
            new SettingsListener() {
              @Override
              public void attempted(String result) {
                told.add(result);
              }

              @Override
              public void left(Cause cause) {
                told.add(cause.name());
              }
            },
            InstantSource.system(),
            bound);
    keeper.start();
    return keeper;
  }
}
