package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.multijob.servo.kubernetes.ClusterAccess.Kubeconfig;
import io.multijob.servo.kubernetes.ClusterAccess.ServiceAccount;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against a server that asks for a certificate, as an API server does, and answers who asked.
@Timeout(20)
final class PlainAccessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private HttpsServer server;

  @BeforeEach
  void startServer() throws Exception {
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(
        Tls.keyManagers(
            List.of(ClientCertificate.parse(TestKeys.pem("rsa.crt"), TestKeys.pem("rsa.pkcs8")))),
        Tls.trustManagers(
            Pem.certificates(
                TestKeys.pem("rsa.crt") + TestKeys.pem("ec.crt") + TestKeys.pem("ed25519.crt"))),
        null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(tls) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters wanted = tls.getDefaultSSLParameters();
            wanted.setWantClientAuth(true);
            parameters.setSSLParameters(wanted);
          }
        });
    server.createContext("/", PlainAccessIT::sayWhoAsked);
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({"rsa, pkcs1", "ec, sec1", "ed25519, pkcs8"})
  void theServerKnowsUsByOurCertificate(String kind, String form) throws Exception {
    String user =
        "client-certificate-data: %s, client-key-data: %s"
            .formatted(TestKeys.data(kind + ".crt"), TestKeys.data(kind + "." + form));

    assertThat(whoAsked(kubeconfig(TestKeys.data("rsa.crt"), user)))
        .isEqualTo("CN=tester-" + kind + " no token");
  }

  @Test
  void orByOurToken() throws Exception {
    assertThat(whoAsked(kubeconfig(TestKeys.data("rsa.crt"), "token: secret")))
        .isEqualTo("nobody Bearer secret");
  }

  @Test
  void orByTheServiceAccountOfOurPod() throws Exception {
    Files.writeString(directory.resolve("ca.crt"), TestKeys.pem("rsa.crt"));
    Files.writeString(directory.resolve("token"), "kubelet's\n");

    assertThat(whoAsked(new ServiceAccount(URI.create(url()), directory)))
        .isEqualTo("nobody Bearer kubelet's");
  }

  @Test
  void aServerThatNobodyVouchesForIsNotTalkedTo() {
    assertThatThrownBy(() -> whoAsked(kubeconfig(TestKeys.data("ec.crt"), "token: secret")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("PKIX path");
  }

  private String whoAsked(ClusterAccess access) throws Exception {
    try (KubernetesApi api = KubernetesApi.open(access);
        ApiResponse response = api.get("/", PATIENCE)) {
      return new String(response.body().readAllBytes(), UTF_8);
    }
  }

  private Kubeconfig kubeconfig(String authority, String user) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config"),
            """
            clusters: [{name: c, cluster: {server: "%s", certificate-authority-data: %s}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            users: [{name: u, user: {%s}}]
            current-context: x
            """
                .formatted(url(), authority, user));
    return new Kubeconfig(List.of(file));
  }

  private String url() {
    return "https://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void sayWhoAsked(HttpExchange exchange) throws IOException {
    String token =
        exchange.getRequestHeaders().getOrDefault("Authorization", List.of("no token")).getFirst();
    byte[] answer = (principal((HttpsExchange) exchange) + " " + token).getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static String principal(HttpsExchange exchange) {
    try {
      return exchange.getSSLSession().getPeerPrincipal().getName();
    } catch (SSLPeerUnverifiedException e) {
      return "nobody";
    }
  }
}
