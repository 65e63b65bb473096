package io.multijob.servo.kubernetes;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SSLContext;

/// A server on the loopback interface whose certificate is that of `rsa.crt`, and clients of it.
public final class ScriptedTls {
  private ScriptedTls() {}

  /// A server that listens already.
  public static HttpsServer server(HttpHandler handler) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls()));
    server.createContext("/", handler);
    server.start();
    return server;
  }

  /// A client with the token `secret`.
  ///
  /// @param authority whose certificate it believes in: `rsa`, `ec` or `ed25519`
  public static KubernetesApi client(Path directory, String authority, ServerTrust trust)
      throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config-" + authority + "-" + trust),
            """
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", certificate-authority-data: %s}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            users: [{name: u, user: {token: secret}}]
            current-context: x
            """
                .formatted(TestKeys.data(authority + ".crt")));
    return KubernetesApi.open(new ClusterAccess.Kubeconfig(List.of(file)), trust);
  }

  private static SSLContext tls() throws GeneralSecurityException, IOException {
    SSLContext tls = SSLContext.getInstance("TLS");
    ClientCertificate certificate =
        ClientCertificate.parse(TestKeys.pem("rsa.crt"), TestKeys.pem("rsa.pkcs8"));
    tls.init(Tls.keyManagers(List.of(certificate)), null, null);
    return tls;
  }
}
