package io.multijob.podmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PodmonConfigTest {

  @Test
  void isANativeSidecarByDefault() {
    PodmonConfig config = PodmonConfig.from(Map.of("OPTUNE_SELF_ID", " uid "));

    assertThat(config.podUid()).isEqualTo("uid");
    assertThat(config.role()).isEqualTo(new Role.Sidecar());
    assertThat(config.messagePath()).isEqualTo("/dev/termination-log");
    assertThat(config.reportTargets()).isEmpty();
    assertThat(config.podPaths()).isEmpty();
    assertThat(config.problems()).isEmpty();
  }

  @Test
  void takesTheUidOfEitherName() {
    assertThat(PodmonConfig.from(Map.of("POD_UID", "b")).podUid()).isEqualTo("b");
    assertThat(PodmonConfig.from(Map.of("POD_UID", "b", "OPTUNE_SELF_ID", "a")).podUid())
        .isEqualTo("a");
    assertThat(PodmonConfig.from(Map.of()).podUid()).isEmpty();
  }

  @Test
  void readsWhatElseItIsTold() {
    PodmonConfig config =
        PodmonConfig.from(
            Map.of(
                "OPTUNE_CGROUP_PATH", "/kubepods/poduid",
                "CGROUP_ROOT", "/cg",
                "TERMINATION_MESSAGE_PATH", "/tmp/message",
                "REPORT_TARGET", "10.0.0.1",
                "OPTUNE_CONTAINERS", "2"));

    assertThat(config.podPaths()).containsExactly("/kubepods/poduid");
    assertThat(config.cgroupRoot()).isEqualTo("/cg");
    assertThat(config.messagePath()).isEqualTo("/tmp/message");
    assertThat(config.reportTargets()).containsExactly(new ReportTarget("10.0.0.1", 8080));
    assertThat(config.role()).isEqualTo(new Role.Regular(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "0", "-1", "99999999999"})
  void countsOneOtherContainerWhereTheNumberIsNone(String value) {
    PodmonConfig config = PodmonConfig.from(Map.of("OPTUNE_CONTAINERS", value));

    assertThat(config.role()).isEqualTo(new Role.Regular(1));
    assertThat(config.problems())
        .singleElement()
        .asString()
        .startsWith("OPTUNE_CONTAINERS: expected")
        .contains("'" + value + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "servo, servo, 8080, servo:8080",
    "servo:81, servo, 81, servo:81",
    "10.0.0.1:81, 10.0.0.1, 81, 10.0.0.1:81",
    "::1, ::1, 8080, [::1]:8080",
    "[::1], ::1, 8080, [::1]:8080",
    "[fd00::1]:81, fd00::1, 81, [fd00::1]:81"
  })
  void readsATarget(String text, String host, int port, String authority) {
    ReportTarget target = ReportTarget.parse(text);

    assertThat(target).isEqualTo(new ReportTarget(host, port));
    assertThat(target.authority()).isEqualTo(authority);
  }

  @ParameterizedTest
  @ValueSource(strings = {"host:", "host:x", "host:0", "host:65536", ":80", "[::1", "[::1]x", "[]"})
  void postsNowhereWhereTheTargetIsNone(String value) {
    PodmonConfig config = PodmonConfig.from(Map.of("REPORT_TARGET", value));

    assertThat(config.reportTargets()).isEmpty();
    assertThat(config.problems())
        .containsExactly("REPORT_TARGET: expected host or host:port, found '" + value + "'");
  }
}
