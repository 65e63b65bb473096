package io.multijob.sandbox.run.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.sandbox.run.pod.QosLevel;
import io.multijob.sandbox.run.pod.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Trees of real control groups.
@Timeout(30)
final class GroupTreeIT {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  @TempDir private Path empty;

  @Test
  void whatACrashedSandboxHasLeftIsEndedAndRemoved() throws Exception {
    assumeGroupsCanBeMade();
    Process orphan = new ProcessBuilder("sleep", "600").start();
    List<Path> left = new ArrayList<>();
    List<Path> tops = new ArrayList<>();
    for (Path hierarchy : hierarchies()) {
      Path top = hierarchy.resolve("servo-sandbox-%d-1-0bad".formatted(orphan.pid()));
      Path group = top.resolve("kubepods/pod1");
      tops.add(top);
      Files.createDirectories(group);
      left.add(group);
    }
    for (Path group : left) {
      Files.writeString(group.resolve("cgroup.procs"), Long.toString(orphan.pid()));
    }

    GroupTree.open(ROOT).close();

    assertThat(orphan.waitFor()).isEqualTo(137);
    assertThat(left).allSatisfy(group -> assertThat(group).doesNotExist());
    assertThat(tops).allSatisfy(top -> assertThat(top).doesNotExist());
  }

  @Test
  void aTreeThatIsClosedHasKilledAllAndLeftNothing() throws Exception {
    assumeGroupsCanBeMade();
    GroupTree tree = GroupTree.open(ROOT);
    Group pod = tree.pod(QosLevel.BURSTABLE, "1-2-3");
    pod.create(Resources.share(100));
    pod.passOnControllers();
    Group container = pod.child("c");
    container.create(Resources.share(100));
    Process process = new ProcessBuilder("sleep", "600").start();
    container.add(process.pid());
    assertThat(container.processes()).containsExactly(process.pid());

    tree.close();

    assertThat(process.waitFor()).isEqualTo(137);
    assertThat(container.processes()).isEmpty();
    assertThat(pod.toString()).contains("/kubepods/burstable/pod1-2-3");
    for (Path hierarchy : hierarchies()) {
      assertThat(mine(hierarchy)).isEmpty();
    }
  }

  @Test
  void aV2TreeWorksWithTheControllersThatItHas() throws Exception {
    Path unified = ROOT.resolve("unified");
    Path root = Files.exists(unified) ? unified : ROOT;
    assumeTrue(
        Files.exists(root.resolve("cgroup.controllers")) && Files.isWritable(root),
        "needs a v2 tree that this user may write to");
    try (GroupTree tree = GroupTree.open(root)) {
      assertThat(tree.hasGroups()).isTrue();
      Group container = tree.pod(QosLevel.GUARANTEED, "4-5-6").child("c");
      container.create(Resources.share(100));
      Process process = new ProcessBuilder("sleep", "600").start();
      tree.staging().add(process.pid());
      container.add(process.pid());

      assertThat(container.processes()).containsExactly(process.pid());
      assertThat(container.empty()).isTrue();
      assertThat(container.remove()).isTrue();
      String offered = Files.readString(root.resolve("cgroup.controllers"));
      if (!offered.contains("memory")) {
        assertThat(tree.missing())
            .anySatisfy(line -> assertThat(line).startsWith("Peak memory and OOM kills"));
      }
    }
    assertThat(mine(root)).isEmpty();
  }

  @Test
  void whereNoGroupCanBeMadeItSaysWhatIsMissingAndHowToGetIt() {
    try (GroupTree tree = GroupTree.open(empty)) {
      assertThat(tree.hasGroups()).isFalse();
      assertThat(tree.missing())
          .containsExactly(
              "CPU time, peak memory and OOM kills are not measured and limits do not hold, because"
                  + " no control groups are mounted. Run as root, or where systemd is: systemd-run"
                  + " --user --scope -p Delegate=yes ./servo sandbox");
    }
  }

  @Test
  void aDelegatedGroupOfOurOwnIsLeftByUsAndGivenBack() throws Exception {
    assumeGroupsCanBeMade();
    Path v2 =
        Stream.of(ROOT.resolve("unified"), ROOT).filter(PlaceV2::isV2).findFirst().orElse(ROOT);
    assumeTrue(PlaceV2.isV2(v2), "needs a v2 tree");
    String controller =
        PlaceV2.words(v2.resolve("cgroup.controllers")).stream()
            .filter(each -> !each.isEmpty())
            .findFirst()
            .orElse("");
    assumeTrue(!controller.isEmpty(), "needs a v2 tree with a controller");
    Path delegated = v2.resolve("servo-test-" + ProcessHandle.current().pid());
    Delegation above = new Delegation(v2, delegated);
    assertThat(above.enable(controller)).isTrue();
    Files.createDirectory(delegated);
    Process shell = new ProcessBuilder("sleep", "600").start();
    Files.writeString(delegated.resolve("cgroup.procs"), Long.toString(shell.pid()));
    Delegation delegation = new Delegation(delegated, delegated);

    boolean enabled = delegation.enable(controller);

    assertThat(enabled).isTrue();
    assertThat(Tree.processes(delegated)).isEmpty();
    delegation.undo();
    assertThat(Tree.processes(delegated)).containsExactly(shell.pid());
    shell.destroyForcibly().waitFor();
    assertThat(new Group(List.of(), "none").remove()).isTrue();
    Files.delete(delegated);
    above.undo();
  }

  private static void assumeGroupsCanBeMade() {
    try (GroupTree tree = GroupTree.open(ROOT)) {
      assumeTrue(tree.hasGroups(), () -> String.join("\n", tree.missing()));
    }
  }

  private static List<Path> hierarchies() throws IOException {
    if (PlaceV2.isV2(ROOT)) {
      return List.of(ROOT);
    }
    return Stream.of("cpu", "cpuacct", "memory", "pids", "unified")
        .map(ROOT::resolve)
        .filter(Files::isDirectory)
        .map(GroupTreeIT::real)
        .distinct()
        .toList();
  }

  private static Path real(Path link) {
    try {
      return link.toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> mine(Path hierarchy) throws IOException {
    String beginning = "servo-sandbox-" + ProcessHandle.current().pid();
    try (Stream<Path> entries = Files.list(hierarchy)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(beginning)).toList();
    }
  }
}
