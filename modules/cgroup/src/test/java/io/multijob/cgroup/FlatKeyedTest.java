package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FlatKeyedTest {

  @Test
  void readsEachLineAsAKeyAndItsValue() {
    var parsed =
        FlatKeyed.parse("cpu.stat", List.of("usage_usec 12", "core_sched.force_idle_usec 0"));

    assertThat(parsed.require("usage_usec")).isEqualTo(12);
    assertThat(parsed.require("core_sched.force_idle_usec")).isZero();
  }

  @Test
  void readsTheLargestValueTheKernelCanWrite() {
    var parsed = FlatKeyed.parse("memory.stat", List.of("limit " + Long.MAX_VALUE));

    assertThat(parsed.require("limit")).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void hasNoValueForAKeyThatThisKernelDoesNotKeep() {
    var parsed = FlatKeyed.parse("cpu.stat", List.of("usage_usec 12"));

    assertThat(parsed.find("throttled_usec")).isEqualTo(OptionalLong.empty());
  }

  @Test
  void saysWhichKeyIsMissing() {
    var parsed = FlatKeyed.parse("cgroup.events", List.of("frozen 0"));

    assertThatThrownBy(() -> parsed.require("populated"))
        .isInstanceOf(CgroupFormatException.class)
        .hasMessage("cgroup.events: no value for populated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usage_usec        | cpu.stat, line 1: expected KEY VALUE, found 'usage_usec'
          usage_usec 12x    | cpu.stat, line 1: usage_usec should be a whole number, found '12x'
          ' 12'             | cpu.stat, line 1: expected KEY VALUE, found ' 12'
          usage_usec 1 2    | cpu.stat, line 1: usage_usec should be a whole number, found '1 2'
          """)
  void saysWhatIsWrongAndWhere(String line, String message) {
    assertThatThrownBy(() -> FlatKeyed.parse("cpu.stat", List.of(line)))
        .isInstanceOf(CgroupFormatException.class)
        .hasMessage(message);
  }

  @Test
  void refusesASecondValueForAKey() {
    assertThatThrownBy(() -> FlatKeyed.parse("cpu.stat", List.of("usage_usec 1", "usage_usec 2")))
        .hasMessage("cpu.stat, line 2: a second value for usage_usec");
  }
}
