package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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

  @Test
  void isToldOfInTheUnifiedHierarchyOnly() {
    assertThat(occupancy.eventsDirectory(Trees.workload("v1-hybrid")))
        .hasValueSatisfying(directory -> assertThat(directory).contains("/unified/"));
    assertThat(occupancy.eventsDirectory(Trees.workload("v1-cgroupfs-kubelet"))).isEmpty();
    assertThat(occupancy.eventsDirectory(Trees.pod("v1-hybrid").child("gone"))).isEmpty();
  }
}
