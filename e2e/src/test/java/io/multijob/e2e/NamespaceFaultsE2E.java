package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.wait.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Namespaces that the servo is to watch come later than it, go, and come again.
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class NamespaceFaultsE2E {
  private static final Duration RECOVERY = Duration.ofSeconds(40);
  private static final Duration CLUSTER_TIME = Duration.ofSeconds(60);

  @Test
  void comesLaterAndTheServoMayWatchAll() throws Exception {
    try (FaultStand stand = FaultStand.open("later")) {
      String name = stand.namespace().name() + "-x";
      stand.startServo(stand.adminsKubeconfig(), name).awaitReady();

      try (TestNamespace later = stand.cluster().namespaceNamed(name)) {
        String uid = new FakeNode(stand.cluster().client(), later.name()).live("first");

        stand.holdThatEachWasReportedOnce(List.of(uid));
      }
    }
  }

  @Test
  void comesLaterWithItsRole() throws Exception {
    try (FaultStand stand = FaultStand.open("later-role")) {
      String name = stand.namespace().name() + "-x";
      Account account = Account.create(stand.cluster().client(), stand.namespace(), "servo");
      stand.startServo(stand.writeKubeconfig("token: " + account.token("only")), name);
      stand.awaitComplaint("403: pods is forbidden", "forbidden");

      try (TestNamespace later = stand.cluster().namespaceNamed(name)) {
        FakeNode node = new FakeNode(stand.cluster().client(), later.name());
        List<String> uids = new ArrayList<>();
        uids.add(node.live("before-the-role"));
        account.allow(later);
        FaultStand.tell("namespace with its role", stand.awaitWatchAfter(0, RECOVERY));
        uids.add(node.live("after-the-role"));

        stand.holdThatEachWasReportedOnce(uids);
      }
    }
  }

  @Test
  void goesWithItsPodsAndComesAgain() throws Exception {
    try (FaultStand stand = FaultStand.open("goes")) {
      String name = stand.namespace().name() + "-x";
      TestNamespace first = stand.cluster().namespaceNamed(name);
      stand.startServo(stand.adminsKubeconfig(), name).awaitReady();
      FakeNode node = new FakeNode(stand.cluster().client(), name);
      List<String> uids = new ArrayList<>();
      uids.add(node.live("ended"));
      String running = node.create("runs");
      node.run("runs");
      String pending = node.create("waits");
      uids.add(running);
      uids.add(pending);

      delete(stand, first);
      assertThat(stand.reasonOf(running)).isEqualTo("Deleted");
      assertThat(stand.reasonOf(pending)).isEqualTo("Deleted");

      try (TestNamespace second = stand.cluster().namespaceNamed(name)) {
        uids.add(node.live("ended"));
        stand.holdThatEachWasReportedOnce(uids);
        assertThat(second.pods()).hasSize(1);
      }
      assertThat(stand.servo().isReady()).isTrue();
    }
  }

  /// The permission goes with it: a watch that stands goes on, the next one is refused.
  @Test
  void goesWithItsRoleAndComesAgain() throws Exception {
    try (FaultStand stand = FaultStand.open("goes-role")) {
      String name = stand.namespace().name() + "-x";
      Account account = Account.create(stand.cluster().client(), stand.namespace(), "servo");
      TestNamespace first = stand.cluster().namespaceNamed(name);
      account.allow(first);
      stand.startServo(stand.writeKubeconfig("token: " + account.token("only")), name).awaitReady();
      FakeNode node = new FakeNode(stand.cluster().client(), name);
      List<String> uids = new ArrayList<>();
      uids.add(node.live("first"));

      delete(stand, first);
      stand.proxy().cut();
      stand.awaitComplaint("403: pods is forbidden", "forbidden");

      try (TestNamespace second = stand.cluster().namespaceNamed(name)) {
        uids.add(node.live("second"));
        double begun = stand.begun();
        account.allow(second);
        FaultStand.tell("namespace anew with its role", stand.awaitWatchAfter(begun, RECOVERY));
        stand.holdThatEachWasReportedOnce(uids);
      }
    }
  }

  private static void delete(FaultStand stand, TestNamespace namespace) throws Exception {
    namespace.close();
    Wait.until(
        "namespace " + namespace.name() + " to be gone",
        CLUSTER_TIME,
        () -> stand.cluster().client().namespaces().withName(namespace.name()).get() == null);
  }
}
