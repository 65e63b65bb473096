package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PodFinderTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          v2-systemd-kubelet  | /kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-pod0f6b3c1e_58a1_4d0a_9c53_3f1c6b1f5a10.slice
          v2-crio             | /kubepods.slice/kubepods-pod0f6b3c1e_58a1_4d0a_9c53_3f1c6b1f5a10.slice
          v2-cgroupfs-kind    | /kubelet.slice/kubelet-kubepods.slice/kubelet-kubepods-burstable.slice/kubelet-kubepods-burstable-pod0f6b3c1e_58a1_4d0a_9c53_3f1c6b1f5a10.slice
          v2-cgroupfs-docker  | /docker/9c1e0d9f8a7b6c5d4e3f2a1b0c9d8e7f4f1d2c9be07a6d1f0a3b5c7e9d8f6a4b/kubelet/kubepods/burstable/pod0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10
          v2-linux-5.15       | /kubepods/pod0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10
          """)
  void findsAPodUnderEveryLayout(String tree, String path) {
    Group pod = Trees.pod(tree);

    assertThat(pod.in(Hierarchy.UNIFIED)).contains(Trees.root(tree) + path);
  }

  @Test
  void findsAPodInEveryHierarchyOfV1() {
    String path = "/kubepods/besteffort/pod" + Trees.POD;
    String root = Trees.root("v1-cgroupfs-kubelet");

    Group pod = Trees.pod("v1-cgroupfs-kubelet");

    assertThat(pod.directories())
        .hasSize(3)
        .containsEntry(Hierarchy.CPU, root + "/cpu,cpuacct" + path)
        .containsEntry(Hierarchy.CPUACCT, root + "/cpu,cpuacct" + path)
        .containsEntry(Hierarchy.MEMORY, root + "/memory" + path);
  }

  @Test
  void leavesOutTheHierarchiesThatDoNotHaveThePod(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("memory/kubepods/pod" + Trees.POD));
    Files.createDirectories(root.resolve("cpuacct/kubepods"));

    Optional<Group> pod = find(new HostFiles(), root, Trees.POD, List.of());

    assertThat(pod.orElseThrow().directories()).containsOnlyKeys(Hierarchy.MEMORY);
  }

  @Test
  void findsNoPodThatIsNotThere() {
    var files = new HostFiles();
    var finder = new PodFinder(files, Mounts.detect(files, Trees.root("v2-systemd-kubelet")));

    assertThat(finder.find("00000000-58a1-4d0a-9c53-3f1c6b1f5a10", List.of())).isEmpty();
    assertThat(finder.find("", List.of())).isEmpty();
  }

  @Test
  void takesAHintWhereItLeadsSomewhere(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("memory/elsewhere/mine"));

    Optional<Group> pod = find(new HostFiles(), root, "", List.of("elsewhere/mine"));

    assertThat(pod).contains(new Group(Map.of(Hierarchy.MEMORY, root + "/memory/elsewhere/mine")));
  }

  @Test
  void searchesWhereAHintLeadsNowhere(@TempDir Path root) throws IOException {
    Files.createDirectories(root.resolve("memory/kubepods/pod" + Trees.POD));

    Optional<Group> pod =
        find(new HostFiles(), root, Trees.POD, List.of("/kubepods/guaranteed/pod" + Trees.POD));

    assertThat(pod).isPresent();
  }

  @Test
  void looksIntoTheKubeletsBranchesFirst(@TempDir Path root) throws IOException {
    for (int service = 0; service < 100; service++) {
      Files.createDirectories(root.resolve("memory/system.slice/s" + service + ".service"));
    }
    Files.createDirectories(root.resolve("memory/kubepods/burstable/pod" + Trees.POD));
    var files = new CountingFiles();

    Optional<Group> pod = find(files, root, Trees.POD, List.of());

    assertThat(pod).isPresent();
    assertThat(files.listed).hasSizeLessThan(10);
  }

  private static Optional<Group> find(
      CgroupFiles files, Path root, String uid, List<String> hints) {
    return new PodFinder(files, Mounts.detect(files, root.toString())).find(uid, hints);
  }

  /// The host's files, and which directories were listed.
  private static final class CountingFiles implements CgroupFiles {
    private final HostFiles files = new HostFiles();
    private final List<String> listed = new ArrayList<>();

    @Override
    public String read(String path) throws IOException {
      return files.read(path);
    }

    @Override
    public List<String> list(String directory) {
      listed.add(directory);
      return files.list(directory);
    }

    @Override
    public boolean isDirectory(String path) {
      return files.isDirectory(path);
    }

    @Override
    public Instant modified(String directory) throws IOException {
      return files.modified(directory);
    }
  }
}
