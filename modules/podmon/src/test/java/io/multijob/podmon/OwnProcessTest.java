package io.multijob.podmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.cgroup.Group;
import io.multijob.cgroup.Hierarchy;
import io.multijob.cgroup.HostFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OwnProcessTest {
  private static final String UID = "0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10";

  @TempDir private Path directory;
  private OwnProcess self = new OwnProcess(new HostFiles(), "/absent");
  private Group pod = new Group(Map.of(Hierarchy.UNIFIED, "/absent"));

  @BeforeEach
  void makePod() throws IOException {
    self = new OwnProcess(new HostFiles(), directory.resolve("proc").toString());
    pod = new Group(Map.of(Hierarchy.UNIFIED, directory.resolve("pod").toString()));
    write("proc/cgroup", "0::/\n");
    write("proc/stat", "7 (java) S 0 7 7 0 -1\n");
    write("pod/cgroup.procs", "");
    write("pod/other/cgroup.procs", "0\n0\n");
  }

  @Test
  void findsItsGroupByItsPathOnV1() throws IOException {
    write("pod/mine/cgroup.procs", "");
    write("proc/cgroup", "4:cpu,cpuacct:/kubepods/pod" + UID + "/mine\n0::/\n");

    assertThat(self.groupName(pod)).contains("mine");
  }

  @Test
  void findsItsGroupByItsProcessInACgroupNamespace() throws IOException {
    write("pod/cri-containerd-mine.scope/cgroup.procs", "7\n");
    write("pod/also/cgroup.procs", "70\n");

    assertThat(self.groupName(pod)).contains("cri-containerd-mine.scope");
  }

  @Test
  void findsItsGroupWhereTheRuntimeHasMadeOneMoreBelow() throws IOException {
    write("pod/crio-mine.scope/cgroup.procs", "");
    write("pod/crio-mine.scope/container/cgroup.procs", "1\n7\n");

    assertThat(self.groupName(pod)).contains("crio-mine.scope");
  }

  @Test
  void doesNotTakeAnothersGroupForItsOwn() {
    assertThat(self.groupName(pod)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9:memory:/kubepods/besteffort/pod0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10/4f1d",
        "9:memory:/kubepods.slice/kubepods-pod0f6b3c1e_58a1_4d0a_9c53_3f1c6b1f5a10.slice/x.scope"
      })
  void readsThePodsUidFromItsPath(String line) throws IOException {
    write("proc/cgroup", line + "\n0::/\n");

    assertThat(self.podUid()).contains(UID);
  }

  @Test
  void knowsNoUidInACgroupNamespace() {
    assertThat(self.podUid()).isEmpty();
  }

  private void write(String file, String text) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
