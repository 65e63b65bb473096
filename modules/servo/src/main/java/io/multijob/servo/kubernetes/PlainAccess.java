package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.multijob.servo.kubernetes.ClusterAccess.ServiceAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The way to an API server that takes nothing but what files say: an address, authorities, a
/// client certificate or a token. Nearly every access is of this kind, and the library's general
/// way takes most of a start for it.
///
/// @param server its URL, without a `/` at the end
/// @param namespace our own there; `default` where nobody says
/// @param authorities who may vouch for the server; without any, those that the system trusts
/// @param certificates ours, for a server that asks for one; at most one
record PlainAccess(
    String server,
    String namespace,
    List<X509Certificate> authorities,
    List<ClientCertificate> certificates,
    TokenSource token) {

  PlainAccess {
    authorities = List.copyOf(authorities);
    certificates = List.copyOf(certificates);
  }

  /// As the service account of the pod that we are.
  static PlainAccess of(ServiceAccount account) throws IOException {
    Path folder = account.account();
    Path namespace = folder.resolve("namespace");
    Path authorities = folder.resolve("ca.crt");
    return new PlainAccess(
        account.server().toString(),
        Files.isReadable(namespace) ? Files.readString(namespace, UTF_8).strip() : "default",
        Files.isReadable(authorities) ? Pem.certificates(Files.readString(authorities)) : List.of(),
        List.of(),
        () -> Files.readString(folder.resolve("token"), UTF_8).strip());
  }

  /// Makes the client, for a server that the authorities vouch for. Nothing is sent before the
  /// first request.
  Connection connect() throws IOException {
    return connect(ServerTrust.AUTHORITIES);
  }

  /// As [#connect], for a server that is trusted so.
  Connection connect(ServerTrust trust) throws IOException {
    try {
      HttpClient.Factory factory = new DirectClientFactory();
      HttpClient client =
          factory
              .newBuilder()
              .preferHttp11()
              .followAllRedirects()
              .connectTimeout(Connection.CONNECT_MILLIS, TimeUnit.MILLISECONDS)
              .sslContext(Tls.keyManagers(certificates), Tls.trustManagers(authorities, trust))
              .tag(new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build())
              .build();
      return connectBy(client);
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS with these certificates: " + e.getMessage(), e);
    }
  }

  /// As [#connect], by the client of an access that has our TLS.
  Connection connectBy(HttpClient client) {
    return new Connection(client, server, namespace, token);
  }

  /// Whether a client of the other does for us: it knows certificates, and no token.
  boolean hasTlsOf(PlainAccess other) {
    return authorities.equals(other.authorities) && certificates.equals(other.certificates);
  }
}
