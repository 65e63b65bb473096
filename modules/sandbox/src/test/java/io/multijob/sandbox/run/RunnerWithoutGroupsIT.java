package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Pods on a machine that lets us make no control group.
@Timeout(30)
final class RunnerWithoutGroupsIT {
  private Cluster cluster;

  @BeforeEach
  void startCluster(@TempDir Path directory) throws IOException {
    Path empty = Files.createDirectory(directory.resolve("cgroup"));
    cluster = Cluster.start(RunnerConfig.in(directory).withCgroupRoot(empty));
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  @Test
  void podsRunAllTheSameAndItIsSaidWhatIsMissing() throws Exception {
    cluster.createPod(
        "plain",
        "containers: [{name: main, image: busybox, command: [sh, -c, 'echo hi; exit 3']}]");

    ObjectNode pod = cluster.awaitEnd("plain");

    assertThat(cluster.runner().hasGroups()).isFalse();
    assertThat(cluster.runner().missing())
        .singleElement()
        .asString()
        .contains("CPU time", "systemd-run --user --scope -p Delegate=yes ./servo sandbox");
    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Failed");
    assertThat(cluster.log("plain", "main")).isEqualTo("hi\n");
  }

  @Test
  void whatAContainerLeavesRunningEndsWithIt() throws Exception {
    cluster.createPod(
        "parent",
        "containers: [{name: main, image: busybox, command: [sh, -c, 'sleep 600 & echo $!']}]");

    cluster.awaitEnd("parent");

    long child = Long.parseLong(cluster.log("parent", "main").strip());
    // One that has ended and that nobody has asked about is listed, but has no program any more.
    assertThat(ProcessHandle.of(child).flatMap(process -> process.info().command())).isEmpty();
  }
}
