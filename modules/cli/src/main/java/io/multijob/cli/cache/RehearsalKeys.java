package io.multijob.cli.cache;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// The keys of a rehearsal's API server and of its client, each of a kind of its own so that both
/// kinds are rehearsed. Made by the JDK's `keytool`, good for a day, and gone with their directory.
///
/// @param server its key
/// @param client the servo's
record RehearsalKeys(KeyStore server, KeyStore client) {
  private static final String ALIAS = "rehearsal";
  private static final String PASSWORD = "rehearsal"; // of a file that nobody else sees

  static RehearsalKeys make(Path directory) throws IOException, InterruptedException {
    Path server = directory.resolve("server.p12");
    Path client = directory.resolve("client.p12");
    List<Process> tools = List.of(generate(server, "EC"), generate(client, "RSA"));
    for (Process tool : tools) {
      if (tool.waitFor() != 0) {
        throw new IOException(
            "keytool failed: " + new String(tool.getInputStream().readAllBytes(), UTF_8));
      }
    }
    return new RehearsalKeys(load(server), load(client));
  }

  /// What the server needs: its key, and trust in the client's.
  SSLContext tls() throws IOException {
    try {
      KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
      keys.init(server, PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, client.getCertificate(ALIAS));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext tls = SSLContext.getInstance("TLS");
      tls.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return tls;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS for the rehearsal: " + e.getMessage(), e);
    }
  }

  /// What the client needs, in the shape that installers give it.
  String kubeconfig(int port) throws IOException {
    try {
      byte[] key = client.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded();
      return """
      apiVersion: v1
      kind: Config
      clusters:
      - name: rehearsal
        cluster:
          server: https://127.0.0.1:%d
          certificate-authority-data: %s
      contexts:
      - name: rehearsal
        context: {cluster: rehearsal, user: rehearsal, namespace: default}
      current-context: rehearsal
      users:
      - name: rehearsal
        user:
          client-certificate-data: %s
          client-key-data: %s
      """
          .formatted(
              port,
              data("CERTIFICATE", certificate(server).getEncoded()),
              data("CERTIFICATE", certificate(client).getEncoded()),
              data("PRIVATE KEY", key));
    } catch (GeneralSecurityException e) {
      throw new IOException("no kubeconfig for the rehearsal: " + e.getMessage(), e);
    }
  }

  private static Process generate(Path store, String algorithm) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", ALIAS, "-keyalg", algorithm));
    command.addAll(List.of("-dname", "CN=rehearsal", "-ext", "san=ip:127.0.0.1", "-validity", "1"));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", store.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static KeyStore load(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      return store;
    } catch (GeneralSecurityException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Certificate certificate(KeyStore store) throws GeneralSecurityException {
    return store.getCertificate(ALIAS);
  }

  private static String data(String label, byte[] content) {
    String pem =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
    return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
  }
}
