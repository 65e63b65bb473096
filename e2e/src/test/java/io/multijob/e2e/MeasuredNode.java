package io.multijob.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.e2e.cluster.Machines;
import io.multijob.e2e.node.LocalGroups;
import io.multijob.e2e.node.PodGroups;
import io.multijob.e2e.node.V2NodeGroups;
import java.time.Duration;
import java.util.List;

/// A node on which podmon is tested, and the way to its groups beside podmon.
sealed interface MeasuredNode {

  /// The pod where only this node takes it.
  OneTimePod place(OneTimePod pod);

  /// Follows the groups of a pod on it.
  PodGroups follow(String uid);

  /// What podmon is to say it has read.
  String source();

  /// Whose times a run has there.
  List<String> clocks();

  /// How long a pod of a few seconds and its report may take.
  Duration patience();

  /// How far the kubelet's start and end may lie from the group's beside what rounding makes of
  /// them.
  Duration slowness();

  /// This machine.
  static MeasuredNode local() {
    assumeTrue(
        LocalGroups.areHere(), "this machine is no node with cgroup v1 and the cgroupfs driver");
    return new Local();
  }

  /// The emulated machine with cgroup v2.
  static MeasuredNode v2() throws Exception {
    assumeTrue(Boolean.getBoolean("e2e.v2"), "-De2e.v2=true runs it: the node is slow");
    Machines machines = Machines.ofEnvironment().orElse(null);
    assumeTrue(machines != null && machines.hasV2Node(), "`cluster add-v2-node` was not done");
    return new V2(machines);
  }

  /// A node of this machine's own, with v1 and the cgroupfs driver.
  record Local() implements MeasuredNode {
    @Override
    public OneTimePod place(OneTimePod pod) {
      return pod;
    }

    @Override
    public PodGroups follow(String uid) {
      return LocalGroups.follow(uid);
    }

    @Override
    public String source() {
      return "cgroup-v1";
    }

    @Override
    public List<String> clocks() {
      return List.of("podmon");
    }

    @Override
    public Duration patience() {
      return Stand.REPORT_TIME;
    }

    @Override
    public Duration slowness() {
      return Duration.ofMillis(500);
    }
  }

  /// A node with v2 and the systemd driver, some twenty times slower.
  record V2(Machines machines) implements MeasuredNode {
    @Override
    public OneTimePod place(OneTimePod pod) {
      return pod.spec(
          "nodeSelector: {kubernetes.io/hostname: 127.0.0.2}",
          "tolerations: [{key: cgroup, operator: Exists}]",
          "terminationGracePeriodSeconds: 30");
    }

    @Override
    public PodGroups follow(String uid) {
      return V2NodeGroups.follow(machines, uid);
    }

    @Override
    public String source() {
      return "cgroup-v2";
    }

    /// The kubelet's where podmon's are over a second and a half away from them.
    @Override
    public List<String> clocks() {
      return List.of("podmon", "kubelet");
    }

    @Override
    public Duration patience() {
      return Duration.ofMinutes(5);
    }

    @Override
    public Duration slowness() {
      return Duration.ofMillis(1_500);
    }
  }
}
