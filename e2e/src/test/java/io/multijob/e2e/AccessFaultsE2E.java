package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The way to the API server fails: credentials expire, permissions are withdrawn, a wire falls
/// silent. The servo says so, goes on as soon as it can, and misses nothing.
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class AccessFaultsE2E {
  /// From new credentials or permissions to the servo's watch: the longest pause, and some seconds.
  private static final Duration RECOVERY = Duration.ofSeconds(40);

  /// An API server remembers for ten seconds that a token was good.
  private static final Duration REFUSAL = Duration.ofSeconds(60);

  /// A watch is given up when nothing has come for forty seconds.
  private static final Duration SILENCE = Duration.ofSeconds(50);

  private static final Duration BETWEEN_CUTS = Duration.ofMillis(500);

  private static final String FIRST = "first";
  private static final String SECOND = "second";

  @Test
  void tokenFileThatExpiresAndIsReplaced() throws Exception {
    try (FaultStand stand = FaultStand.open("token-file")) {
      Account account = account(stand);
      Path token = Files.writeString(stand.directory().resolve("token"), account.token(FIRST));
      stand.startServo(stand.writeKubeconfig("tokenFile: \"%s\"".formatted(token)));

      String second = account.token(SECOND);
      expiresAndIsReplaced(stand, account, () -> Files.writeString(token, second));
    }
  }

  /// By another token, and after that by a certificate.
  @Test
  void tokenInAKubeconfigThatExpiresAndIsReplaced() throws Exception {
    try (FaultStand stand = FaultStand.open("token")) {
      Account account = account(stand);
      Path kubeconfig = stand.writeKubeconfig("token: " + account.token(FIRST));
      stand.startServo(kubeconfig);

      String second = account.token(SECOND);
      expiresAndIsReplaced(stand, account, () -> stand.writeKubeconfig("token: " + second));
      account.revoke(SECOND);
      double begun = stand.begun();
      Files.move(stand.adminsKubeconfig(), kubeconfig, StandardCopyOption.REPLACE_EXISTING);
      cutUntil(
          stand,
          "the certificate",
          () -> stand.servo().log().contains("Credentials were read anew"));

      stand.awaitWatchAfter(begun, RECOVERY);
      String uid = stand.node().live("by-certificate");
      assertThat(stand.reasonOf(uid)).isEqualTo("Completed");
    }
  }

  /// In a mount namespace of its own, the servo finds the folder that a pod has.
  @Test
  void tokenOfAServiceAccountsFolderThatExpiresAndIsReplaced() throws Exception {
    Assumptions.assumeTrue(
        "root".equals(System.getProperty("user.name")), "skipped: needs root to mount a folder");
    try (FaultStand stand = FaultStand.open("in-cluster")) {
      Account account = account(stand);
      Path folder = Files.createDirectory(stand.directory().resolve("account"));
      Files.writeString(folder.resolve("namespace"), stand.namespace().name());
      Files.copy(stand.authority(), folder.resolve("ca.crt"));
      Path token = Files.writeString(folder.resolve("token"), account.token(FIRST));
      startAsInAPod(stand, folder).awaitReady();

      String second = account.token(SECOND);
      expiresAndIsReplaced(stand, account, () -> Files.writeString(token, second));
    }
  }

  @Test
  void permissionWithdrawnAndGivenBack() throws Exception {
    try (FaultStand stand = FaultStand.open("permission")) {
      Account account = account(stand);
      stand.startServo(stand.writeKubeconfig("token: " + account.token(FIRST)));
      List<String> uids = new ArrayList<>();
      uids.add(stand.node().live("before"));

      account.forbid(stand.namespace());
      cutUntilRefused(stand, "forbidden");
      stand.awaitComplaint("403: pods is forbidden", "forbidden");
      uids.add(stand.node().live("meanwhile"));
      double begun = stand.begun();
      account.allowAgain(stand.namespace());

      FaultStand.tell("permission given back", stand.awaitWatchAfter(begun, RECOVERY));
      uids.add(stand.node().live("after"));
      stand.holdThatEachWasReportedOnce(uids);
      assertThat(stand.lists()).as("lists: it asks for what follows").isEqualTo(1);
    }
  }

  @Test
  void connectionThatFallsSilent() throws Exception {
    try (FaultStand stand = FaultStand.open("silent")) {
      stand.startServo(stand.adminsKubeconfig());
      List<String> uids = new ArrayList<>();
      uids.add(stand.node().live("before"));
      stand.service().awaitReportOf(uids.getFirst(), FaultStand.REPORT_TIME);

      double begun = stand.begun();
      stand.proxy().silence();
      uids.add(stand.node().live("unheard"));

      FaultStand.tell(
          "half-open connection, watching again", stand.awaitWatchAfter(begun, SILENCE));
      uids.add(stand.node().live("after"));
      stand.holdThatEachWasReportedOnce(uids);
      assertThat(stand.servo().log()).contains("nothing came for 40 s");
      assertThat(stand.restarts("unreachable")).isPositive();
    }
  }

  private static void expiresAndIsReplaced(FaultStand stand, Account account, Replacement how)
      throws Exception {
    FakeNode node = stand.node();
    List<String> uids = new ArrayList<>();
    uids.add(node.live("before"));

    account.revoke(FIRST);
    uids.add(node.live("after-its-end"));
    cutUntilRefused(stand, "unauthorized");
    stand.awaitComplaint("401: Unauthorized", "unauthorized");
    uids.add(node.live("meanwhile"));
    double begun = stand.begun();
    how.replace();

    FaultStand.tell("new credentials", stand.awaitWatchAfter(begun, RECOVERY));
    uids.add(node.live("after"));
    stand.holdThatEachWasReportedOnce(uids);
  }

  private static Account account(FaultStand stand) {
    Account account = Account.create(stand.cluster().client(), stand.namespace(), "servo");
    account.allow(stand.namespace());
    return account;
  }

  private static void cutUntilRefused(FaultStand stand, String reason) throws Exception {
    cutUntil(stand, "a refusal as " + reason, () -> stand.restarts(reason) > 0);
  }

  /// A watch that stands is not looked at again by the API server, so it is ended again and again.
  private static void cutUntil(FaultStand stand, String what, Callable<Boolean> condition)
      throws Exception {
    Wait.until(
        what,
        REFUSAL,
        () -> {
          stand.proxy().cut();
          Thread.sleep(BETWEEN_CUTS);
          return condition.call();
        });
  }

  private static ServoProcess startAsInAPod(FaultStand stand, Path folder) throws Exception {
    String script =
        """
        set -e
        mount -t tmpfs none /var/run
        mkdir -p /var/run/secrets/kubernetes.io/serviceaccount
        mount --bind "$0" /var/run/secrets/kubernetes.io/serviceaccount
        exec "$@"
        """;
    URI server = URI.create(stand.proxy().url());
    return stand.startServo(
        List.of("unshare", "--mount", "sh", "-c", script, folder.toString()),
        Map.of(
            "KUBECONFIG", "",
            "HOME", stand.directory().toString(),
            "KUBERNETES_SERVICE_HOST", server.getHost(),
            "KUBERNETES_SERVICE_PORT", Integer.toString(server.getPort())));
  }

  @FunctionalInterface
  private interface Replacement {
    void replace() throws IOException;
  }
}
