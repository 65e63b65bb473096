package io.multijob.sandbox.run.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.run.group.Hierarchy.Version;
import io.multijob.sandbox.run.pod.Resources;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  private static final Hierarchy V1_CPU = hierarchy(Version.V1, "cpu");
  private static final Hierarchy V1_MEMORY = hierarchy(Version.V1, "memory");
  private static final Hierarchy V2 = hierarchy(Version.V2, "cpu", "memory", "pids");
  private static final Resources LIMITED =
      new Resources(250, OptionalLong.of(500), OptionalLong.of(64 << 20));

  @Test
  void aLimitOfV1IsAQuotaAndSharesAreTheRequest() {
    assertThat(lines(V1_CPU, LIMITED))
        .containsExactly("cpu.shares=256", "cpu.cfs_period_us=100000", "cpu.cfs_quota_us=50000");
  }

  @Test
  void aMemoryLimitOfV1HoldsWithSwapToo() {
    assertThat(lines(V1_MEMORY, LIMITED))
        .containsExactly(
            "memory.use_hierarchy=1",
            "memory.limit_in_bytes=67108864",
            "memory.memsw.limit_in_bytes=67108864");
  }

  @Test
  void v2HasAllInOneGroup() {
    assertThat(lines(V2, LIMITED))
        .containsExactly(
            "cpu.weight=10", "cpu.max=50000 100000", "memory.swap.max=0", "memory.max=67108864");
  }

  @Test
  void nothingIsLimitedThatHasNoLimit() {
    assertThat(lines(V1_CPU, Resources.share(0))).containsExactly("cpu.shares=2");
    assertThat(lines(V2, Resources.share(0))).containsExactly("cpu.weight=1", "memory.swap.max=0");
  }

  @Test
  void aTreeWithoutControllersIsNotWrittenTo() {
    assertThat(lines(hierarchy(Version.V2), LIMITED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0,2", "1,2", "1000,1024", "2000000,262144"})
  void sharesStayWithinTheKernelsBounds(long millis, long shares) {
    assertThat(lines(V1_CPU, Resources.share(millis))).containsExactly("cpu.shares=" + shares);
  }

  private static Hierarchy hierarchy(Version version, String... controllers) {
    return new Hierarchy(Path.of("/none"), version, Set.of(controllers));
  }

  private static List<String> lines(Hierarchy hierarchy, Resources resources) {
    return Settings.of(hierarchy, resources).stream()
        .map(setting -> setting.file() + "=" + setting.value())
        .toList();
  }
}
