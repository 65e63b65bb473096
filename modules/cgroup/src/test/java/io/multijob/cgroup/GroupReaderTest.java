package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GroupReaderTest {
  private final GroupReader reader = new GroupReader(new HostFiles());

  @Test
  void readsAContainerOfV2() {
    Reading reading = reader.read(Trees.workload("v2-systemd-kubelet"));

    assertThat(reading.figures())
        .isEqualTo(
            Map.of(
                Figure.CPU_NANOS, 1_003_214_000L,
                Figure.USER_NANOS, 752_410_000L,
                Figure.SYSTEM_NANOS, 250_804_000L,
                Figure.THROTTLED_NANOS, 120_000_000L,
                Figure.PEAK_BYTES, 67_108_864L,
                Figure.OOM_KILLS, 1L));
  }

  @Test
  void readsAContainerOfV1() {
    Reading reading = reader.read(Trees.workload("v1-cgroupfs-kubelet"));

    assertThat(reading.figures())
        .isEqualTo(
            Map.of(
                Figure.CPU_NANOS, 1_003_214_567L,
                Figure.USER_NANOS, 750_000_000L,
                Figure.SYSTEM_NANOS, 250_000_000L,
                Figure.THROTTLED_NANOS, 120_000_000L,
                Figure.PEAK_BYTES, 67_108_864L,
                Figure.OOM_KILLS, 1L));
  }

  @Test
  void prefersV1sOwnFiguresInAHybrid() {
    Reading reading = reader.read(Trees.workload("v1-hybrid"));

    assertThat(reading.find(Figure.CPU_NANOS)).hasValue(1_003_214_567L);
    assertThat(reading.find(Figure.USER_NANOS)).hasValue(750_000_000L);
  }

  @Test
  void readsWhatIsHeldWhereTheKernelKeepsNoPeak() {
    Reading reading = reader.read(Trees.workload("v2-linux-5.15"));

    assertThat(reading.find(Figure.PEAK_BYTES)).isEqualTo(OptionalLong.empty());
    assertThat(reading.find(Figure.HELD_BYTES)).hasValue(4_194_304L);
    assertThat(reader.readHeldBytes(Trees.workload("v2-linux-5.15"))).hasValue(4_194_304L);
  }

  @Test
  void readsTheCpuTimeAlone() {
    assertThat(reader.readCpuNanos(Trees.pod("v2-systemd-kubelet"))).hasValue(1_043_214_000L);
    assertThat(reader.readCpuNanos(Trees.pod("v1-cgroupfs-kubelet"))).hasValue(1_043_214_567L);
  }

  @Test
  void knowsNothingOfAGroupThatIsGone() {
    Group gone = Trees.pod("v1-hybrid").child("gone");

    assertThat(reader.read(gone)).isEqualTo(Reading.NOTHING);
    assertThat(reader.readCpuNanos(gone)).isEmpty();
  }

  @Test
  void saysWhichFileCannotBeUnderstood(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("memory.peak"), "max\n");
    var group = new Group(Map.of(Hierarchy.UNIFIED, directory.toString()));

    assertThatThrownBy(() -> reader.read(group))
        .isInstanceOf(CgroupFormatException.class)
        .hasMessage(directory + "/memory.peak: expected one whole number, found 'max'");
  }

  @Test
  void readsAFileOfAnyLength(@TempDir Path directory) throws IOException {
    String text = "0123456789".repeat(1_000);
    Files.writeString(directory.resolve("cgroup.procs"), text);

    assertThat(new HostFiles().read(directory + "/cgroup.procs")).isEqualTo(text);
  }
}
