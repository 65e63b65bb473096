package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.cluster.Machines;
import io.multijob.e2e.wait.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/// The API server and its store are killed, stopped, frozen and made to forget, while pods come and
/// end at fifty writes a second. The servo goes on by itself and misses nothing.
@Timeout(180)
@Isolated("restarts what every other test needs")
final class ApiServerFaultsE2E {
  /// From the API server's being back to the servo's watch.
  private static final Duration RECOVERY = Duration.ofSeconds(8);

  /// Pods before a fault, and after it.
  private static final int SOME = 20;

  private static final Duration AWAY = Duration.ofSeconds(20);
  private static final Duration SOME_TIME = Duration.ofSeconds(60);

  private Machines machines;
  private FaultStand stand;

  @BeforeEach
  void open() throws Exception {
    machines = FaultStand.machines();
    stand = FaultStand.open("faults");
    stand.startServo(stand.cluster().kubeconfig());
  }

  @AfterEach
  void close() throws Exception {
    if (stand != null) {
      stand.close();
    }
  }

  @Test
  void apiServerKilledAgainAndAgain() throws Exception {
    PodChurn churn = stand.startChurn();
    for (int i = 1; i <= 3; i++) {
      awaitMore(churn);
      double begun = stand.begun();
      machines.restart("apiserver");
      Duration recovery = stand.awaitWatchAfter(begun, RECOVERY);
      FaultStand.tell("API server killed, watching again", recovery);
    }

    assertNothingMissed(churn);
  }

  @Test
  void apiServerAwayForTwentySeconds() throws Exception {
    PodChurn churn = stand.startChurn();
    awaitMore(churn);

    double begun = stand.begun();
    machines.stop("apiserver");
    try {
      long stopped = System.nanoTime();
      stand.awaitComplaint("cannot reach " + server(), "unreachable");
      TimeUnit.NANOSECONDS.sleep(stopped + AWAY.toNanos() - System.nanoTime());
    } finally {
      machines.start("apiserver");
    }
    FaultStand.tell(
        "API server away for 20 s, watching again", stand.awaitWatchAfter(begun, RECOVERY));

    assertNothingMissed(churn);
  }

  @Test
  void storeKilledAndStoreAway() throws Exception {
    PodChurn churn = stand.startChurn();
    awaitMore(churn);

    machines.restart("etcd");
    awaitMore(churn);
    machines.stop("etcd");
    try {
      TimeUnit.SECONDS.sleep(5);
    } finally {
      machines.start("etcd");
    }
    long back = System.nanoTime();
    awaitMore(churn);
    FaultStand.tell(
        "etcd away for 5 s, pods ending again", Duration.ofNanos(System.nanoTime() - back));

    assertNothingMissed(churn);
  }

  @Test
  void apiServerFrozenForTenSeconds() throws Exception {
    PodChurn churn = stand.startChurn();
    awaitMore(churn);

    machines.signal("apiserver", "STOP");
    try {
      TimeUnit.SECONDS.sleep(10);
    } finally {
      machines.signal("apiserver", "CONT");
    }

    assertNothingMissed(churn);
    assertThat(stand.servo().isReady()).isTrue();
  }

  /// The servo hears nothing while pods end and vanish, and what it heard last is forgotten.
  @Test
  void historyThatHasExpired() throws Exception {
    FakeNode node = stand.node();
    List<String> uids = new ArrayList<>();
    uids.add(node.live("before"));
    uids.add(node.create("ends-meanwhile"));
    String deleted = node.create("vanishes-meanwhile");
    String pending = node.create("vanishes-before-it-ran");
    node.run("ends-meanwhile");
    node.run("vanishes-meanwhile");
    uids.add(deleted);
    uids.add(pending);
    stand.service().awaitReportOf(uids.getFirst(), FaultStand.REPORT_TIME);
    awaitTracked(4);

    stand.servo().signal("STOP");
    machines.restart("apiserver"); // which ends the watch
    node.complete("ends-meanwhile");
    node.delete("vanishes-meanwhile");
    node.delete("vanishes-before-it-ran");
    uids.add(node.live("came-meanwhile"));
    Etcd.compact();
    machines.restart("apiserver"); // which remembers nothing by itself
    uids.add(node.live("came-later"));
    double lists = 1;
    stand.servo().signal("CONT");
    long woken = System.nanoTime();
    Wait.until("a new list", SOME_TIME, () -> stand.lists() > lists);
    FaultStand.tell("history expired, listed anew", Duration.ofNanos(System.nanoTime() - woken));
    uids.add(node.live("after"));

    stand.holdThatEachWasReportedOnce(uids);
    assertThat(stand.reasonOf(deleted)).isEqualTo("Deleted");
    assertThat(stand.reasonOf(pending)).isEqualTo("Deleted");
    assertThat(stand.restarts("expired")).isPositive();
    assertThat(stand.servo().log()).contains("EXPIRED");
  }

  private String server() {
    return stand.cluster().client().getMasterUrl().toString().replaceFirst("/+$", "");
  }

  private void awaitMore(PodChurn churn) throws Exception {
    int enough = churn.completed() + SOME;
    Wait.until(enough + " pods to have ended", SOME_TIME, () -> churn.completed() >= enough);
  }

  private void awaitTracked(int pods) throws Exception {
    Wait.until(
        pods + " pods to be tracked",
        SOME_TIME,
        () -> stand.servo().metric("servo_pods_tracked", "") == pods);
  }

  private void assertNothingMissed(PodChurn churn) throws Exception {
    awaitMore(churn);
    stand.holdThatEachWasReportedOnce(churn.stop());
  }
}
