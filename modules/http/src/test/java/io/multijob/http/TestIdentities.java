package io.multijob.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Keys and certificates made with OpenSSL, for `127.0.0.1` and nothing but these tests. Each
/// certificate vouches for itself.
final class TestIdentities {
  private TestIdentities() {}

  static TlsIdentity identity(String name) throws IOException, GeneralSecurityException {
    X509Certificate certificate = certificate(name);
    String pem =
        new String(resource(name + ".key"), UTF_8).replaceAll("-----[A-Z ]+-----", "").strip();
    PrivateKey key =
        KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
            .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem)));
    return new TlsIdentity(key, List.of(certificate));
  }

  /// What a client needs that trusts these.
  static SSLContext trusting(String... names) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("JKS");
    trusted.load(null, null);
    for (String name : names) {
      trusted.setCertificateEntry(name, certificate(name));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static X509Certificate certificate(String name)
      throws IOException, GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(resource(name + ".crt")));
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(TestIdentities.class.getResourceAsStream("/tls/" + name), name)) {
      return in.readAllBytes();
    }
  }
}
