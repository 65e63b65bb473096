package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.sandbox.api.Fault;
import io.multijob.sandbox.api.Requests;
import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// A node whose API server fails, and one that is closed in the middle of its work.
@Timeout(60)
final class TroubleIT {
  private Cluster cluster;

  @BeforeEach
  void startCluster(@TempDir Path directory) throws IOException {
    cluster = Cluster.start(RunnerConfig.in(directory));
  }

  @AfterEach
  void closeCluster() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut", "garbage", "end", "expiry"})
  void aWatchThatBreaksOffLosesNothing(String how) throws Exception {
    Fault.Effect effect =
        switch (how) {
          case "cut" -> new Fault.Cut();
          case "garbage" -> new Fault.Garbage();
          case "end" -> new Fault.End();
          default -> new Fault.Expiry();
        };
    cluster.server().faults().inject(Fault.once(Requests.watches("pods"), effect).times(4));

    for (int i = 0; i < 4; i++) {
      cluster.createPod(
          "pod-" + i, "containers: [{name: main, image: busybox, command: ['true']}]");
    }

    for (int i = 0; i < 4; i++) {
      ObjectNode pod = cluster.awaitEnd("pod-" + i);
      assertThat(Json.text(pod, "status", "phase")).isEqualTo("Succeeded");
    }
  }

  @Test
  void whatTheServerRefusesForNowIsToldAgain() throws Exception {
    cluster.createPod("stubborn", "containers: [{name: main, image: busybox, command: ['false']}]");
    cluster
        .server()
        .faults()
        .inject(Fault.once(Requests.withMethod("PATCH"), Fault.refusal(500)).times(3));

    ObjectNode pod = cluster.awaitEnd("stubborn");

    assertThat(Json.text(pod, "status", "phase")).isEqualTo("Failed");
  }

  @Test
  void aNodeThatIsClosedKillsWhatRuns() throws Exception {
    assumeTrue(cluster.runner().hasGroups(), () -> String.join("\n", cluster.runner().missing()));
    cluster.createPod(
        "endless",
        "containers: [{name: main, image: busybox,"
            + " command: [sh, -c, 'trap : TERM; echo $$$$; while :; do sleep 9; done']}]");
    cluster.awaitPod("endless", pod -> Json.text(pod, "status", "phase").equals("Running"));
    ProcessHandle process = cluster.process("endless", "main");

    cluster.close();

    assertThat(process.onExit()).succeedsWithin(Duration.ofSeconds(5));
    assertThat(ControlGroups.ofThisProcess()).isEmpty();
  }
}
