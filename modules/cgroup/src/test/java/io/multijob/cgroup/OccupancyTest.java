package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OccupancyTest {
  private final Occupancy occupancy = new Occupancy(new HostFiles());

  @ParameterizedTest
  @CsvSource({
    "v2-systemd-kubelet, false",
    "v2-crio, true",
    "v2-cgroupfs-docker, true",
    "v1-cgroupfs-kubelet, false",
    "v1-hybrid, true"
  })
  void seesWhetherAProcessIsLeft(String tree, boolean populated) {
    assertThat(occupancy.isPopulated(Trees.workload(tree))).isEqualTo(populated);
  }

  @Test
  void seesAProcessInAGroupBelowOnV1() {
    Group pod = Trees.pod("v1-cgroupfs-kubelet");

    assertThat(occupancy.isPopulated(pod)).isTrue();
  }

  @Test
  void isEmptyWhenItIsGone() {
    assertThat(occupancy.isPopulated(Trees.pod("v2-crio").child("gone"))).isFalse();
    assertThat(occupancy.isPopulated(Trees.pod("v1-hybrid").child("gone"))).isFalse();
  }

  /// A process that is being started enters one hierarchy after the other.
  @Test
  void isNotDesertedWhileAProcessIsInAnyHierarchy(@TempDir Path root) throws IOException {
    Path unified = Files.createDirectory(root.resolve("unified"));
    Path cpu = Files.createDirectory(root.resolve("cpuacct"));
    Files.writeString(unified.resolve("cgroup.events"), "populated 0\nfrozen 0\n");
    Files.writeString(cpu.resolve("cgroup.procs"), "4711\n");
    var group =
        new Group(Map.of(Hierarchy.UNIFIED, unified.toString(), Hierarchy.CPUACCT, cpu.toString()));

    assertThat(occupancy.isPopulated(group)).isFalse();
    assertThat(occupancy.isDeserted(group)).isFalse();

    Files.writeString(cpu.resolve("cgroup.procs"), "");
    assertThat(occupancy.isDeserted(group)).isTrue();
  }

  @Test
  void isToldOfInTheUnifiedHierarchyOnly() {
    assertThat(occupancy.eventsDirectory(Trees.workload("v1-hybrid")))
        .hasValueSatisfying(directory -> assertThat(directory).contains("/unified/"));
    assertThat(occupancy.eventsDirectory(Trees.workload("v1-cgroupfs-kubelet"))).isEmpty();
    assertThat(occupancy.eventsDirectory(Trees.pod("v1-hybrid").child("gone"))).isEmpty();
  }
}
