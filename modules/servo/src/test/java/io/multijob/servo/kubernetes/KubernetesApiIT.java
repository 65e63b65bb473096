package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.http.Response;
import io.multijob.servo.watch.ScriptedApiServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class KubernetesApiIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private ScriptedApiServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = new ScriptedApiServer();
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void givesStatusHeadersAndBodyOfAnyAnswer() throws Exception {
    server.then(Response.text(503, "overloaded").with("Retry-After", "7"));

    try (KubernetesApi api = server.client(directory);
        ApiResponse response = api.get("/api/v1/pods?limit=1", PATIENCE)) {
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.retryAfter()).isEqualTo("7");
      assertThat(new String(response.body().readAllBytes(), UTF_8)).isEqualTo("overloaded");
    }
    assertThat(server.request().query("limit")).hasValue("1");
  }

  @Test
  void theServiceAccountsTokenIsReadAnewForEachRequest() throws Exception {
    Path token = directory.resolve("token");
    server.then(Response.text(200, "")).then(Response.text(200, ""));

    try (KubernetesApi api =
        KubernetesApi.open(new ClusterAccess.ServiceAccount(URI.create(server.url()), directory))) {
      Files.writeString(token, "first\n");
      api.get("/", PATIENCE).close();
      Files.writeString(token, "second\n");
      api.get("/", PATIENCE).close();
    }

    assertThat(server.request().header("Authorization")).hasValue("Bearer first");
    assertThat(server.request().header("Authorization")).hasValue("Bearer second");
  }

  @Test
  void soIsATokenInTheKubeconfig() throws Exception {
    server.then(Response.text(200, "")).then(Response.text(200, ""));

    try (KubernetesApi api = server.client(directory)) {
      api.get("/", PATIENCE).close();
      Path kubeconfig = directory.resolve("kubeconfig");
      Files.writeString(kubeconfig, Files.readString(kubeconfig).replace("secret", "renewed"));
      api.get("/", PATIENCE).close();
    }

    assertThat(server.request().header("Authorization")).hasValue("Bearer secret");
    assertThat(server.request().header("Authorization")).hasValue("Bearer renewed");
  }

  @Test
  void aKubeconfigThatWasReplacedIsReadAnewOnceWeAreRefused() throws Exception {
    server.then(Response.text(401, "")).then(Response.text(200, ""));
    Files.writeString(directory.resolve("token"), "renewed");

    try (KubernetesApi api = server.client(directory)) {
      api.get("/", PATIENCE).close();
      Path kubeconfig = directory.resolve("kubeconfig");
      String replaced = Files.readString(kubeconfig).replace("token: secret", "tokenFile: token");
      Files.writeString(kubeconfig, replaced);
      api.get("/", PATIENCE).close();
    }

    assertThat(server.request().header("Authorization")).hasValue("Bearer secret");
    assertThat(server.request().header("Authorization")).hasValue("Bearer renewed");
  }

  @Test
  void aTokenThatCannotBeReadIsSaid() throws Exception {
    try (KubernetesApi api =
        KubernetesApi.open(new ClusterAccess.ServiceAccount(URI.create(server.url()), directory))) {
      assertThatThrownBy(() -> api.get("/", PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot read the token: NoSuchFileException");
    }
  }

  @Test
  void theLibrarysWayReadsATokenInTheKubeconfigAgainWhenItIsRefused() throws Exception {
    server.then(Response.text(401, "")).then(Response.text(200, ""));
    Path kubeconfig = directory.resolve("kubeconfig");
    server.client(directory).close();
    String forTheLibrary =
        Files.readString(kubeconfig)
            .replace("cluster: {", "cluster: {insecure-skip-tls-verify: true, ");
    Files.writeString(kubeconfig, forTheLibrary);

    try (KubernetesApi api =
        KubernetesApi.open(new ClusterAccess.Kubeconfig(List.of(kubeconfig)))) {
      Files.writeString(kubeconfig, forTheLibrary.replace("secret", "renewed"));
      try (ApiResponse response = api.get("/", PATIENCE)) {
        assertThat(response.status()).isEqualTo(200);
      }
    }

    assertThat(server.request().header("Authorization")).hasValue("Bearer secret");
    assertThat(server.request().header("Authorization")).hasValue("Bearer renewed");
  }

  @Test
  void aBodyThatFallsSilentIsGivenUp() throws Exception {
    server.then(ScriptedApiServer.watchAndHold("one line\n"));

    try (KubernetesApi api = server.client(directory);
        ApiResponse response = api.get("/", Duration.ofMillis(300))) {
      InputStream body = response.body();
      assertThat(new String(body.readNBytes(9), UTF_8)).isEqualTo("one line\n");
      assertThatThrownBy(body::read)
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage("nothing came for 0 s");
    }
  }

  @Test
  void aBodyThatBreaksOffIsAnErrorAndNoEnd() throws Exception {
    server.then(ScriptedApiServer.watchAndBreak("one line\n"));

    try (KubernetesApi api = server.client(directory);
        ApiResponse response = api.get("/", PATIENCE)) {
      assertThatThrownBy(() -> response.body().readAllBytes()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aReaderThatIsSlowSlowsTheSenderInsteadOfFillingMemory() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch done = new CountDownLatch(1);
    byte[] piece = new byte[64 * 1024];
    long all = 256L * 1024 * 1024;
    server.then(
        Response.stream(
            "application/octet-stream",
            out -> {
              try {
                while (sent.get() < all) {
                  out.write(piece);
                  sent.addAndGet(piece.length);
                }
              } finally {
                done.countDown();
              }
            }));

    try (KubernetesApi api = server.client(directory)) {
      ApiResponse response = api.get("/", PATIENCE);
      assertThat(response.body().readNBytes(1 << 20)).hasSize(1 << 20);
      response.close();
    }
    done.await();

    assertThat(sent.get()).isLessThan(all / 2);
  }

  @Test
  void closingFromAnotherThreadEndsARead() throws Exception {
    server.then(ScriptedApiServer.watchAndHold("x"));

    try (KubernetesApi api = server.client(directory)) {
      ApiResponse response = api.get("/", PATIENCE);
      assertThat(response.body().read()).isEqualTo('x');
      Thread.ofVirtual()
          .start(() -> {
            try {
              response.close();
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      assertThatThrownBy(() -> response.body().read())
          .isInstanceOf(IOException.class)
          .hasMessage("the stream is closed");
    }
  }

  @Test
  void aServerThatIsNotThereIsAnIoException() throws Exception {
    server.close();

    try (KubernetesApi api = server.client(directory)) {
      assertThatThrownBy(() -> api.get("/", PATIENCE)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aKubeconfigThatCannotBeUnderstoodIsAnIoException() throws Exception {
    Path garbage = Files.writeString(directory.resolve("garbage"), "{[not yaml");

    assertThatThrownBy(() -> KubernetesApi.open(new ClusterAccess.Kubeconfig(List.of(garbage))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("garbage");
  }
}
