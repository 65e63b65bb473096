package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.cgroup.Mounts.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MountsTest {

  @Test
  void knowsV2ByTheControllersAtItsRoot() {
    Mounts mounts = Mounts.detect(new HostFiles(), Trees.root("v2-systemd-kubelet"));

    assertThat(mounts.version()).isEqualTo(Version.V2);
    assertThat(mounts.roots()).containsOnlyKeys(Hierarchy.UNIFIED);
  }

  @Test
  void takesTheUnifiedTreeBesideV1ForItsEvents() {
    Mounts mounts = Mounts.detect(new HostFiles(), Trees.root("v1-hybrid"));

    assertThat(mounts.version()).isEqualTo(Version.V1);
    assertThat(mounts.roots()).containsOnlyKeys(Hierarchy.values());
  }

  @ParameterizedTest
  @CsvSource({"'cpu,cpuacct'", "'cpuacct,cpu'"})
  void findsControllersThatAreMountedTogetherInEitherOrder(String mount, @TempDir Path root)
      throws IOException {
    Files.createDirectories(root.resolve(mount));
    Files.createDirectories(root.resolve("cpuset"));

    Mounts mounts = Mounts.detect(new HostFiles(), root.toString());

    assertThat(mounts.roots())
        .containsOnlyKeys(Hierarchy.CPU, Hierarchy.CPUACCT)
        .containsValue(root + "/" + mount);
  }

  @Test
  void findsNothingWhereNothingIs(@TempDir Path root) {
    Mounts mounts = Mounts.detect(new HostFiles(), root.resolve("absent").toString());

    assertThat(mounts.roots()).isEmpty();
  }
}
