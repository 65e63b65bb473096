package io.multijob.optune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.optune.access.Access;
import io.multijob.optune.run.Runs;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class OptuneIT {
  @TempDir private Path directory;

  @Test
  void saysWhenThePortIsTakenAndLetsTheStoreGo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      OptuneConfig config =
          new OptuneConfig(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), taken.getLocalPort()),
              directory,
              new Access.Open());

      assertThatThrownBy(() -> new Optune(config)).isInstanceOf(BindException.class);
    }
    try (Client client = Client.ofOpenService(directory)) {
      assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void keepsItsRunsFromOneStartToTheNext() throws Exception {
    try (Client client = Client.ofOpenService(directory)) {
      client.report(Runs.succeeded("pod-1", "ci/build", 1));
    }

    try (Client client = Client.ofOpenService(directory)) {
      client.report(Runs.succeeded("pod-1", "ci/build", 1));

      assertThat(client.json("/api/v1/apps").at("/apps/0/runs").asInt()).isEqualTo(1);
    }
  }

  @Test
  void closesTwiceAsWellAsOnce() throws Exception {
    Client client = Client.ofOpenService(directory);

    client.close();
    client.close();

    assertThat(directory.resolve("optune.db")).exists();
  }
}
