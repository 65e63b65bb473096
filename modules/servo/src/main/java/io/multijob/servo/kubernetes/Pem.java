package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Certificates and keys as text ([RFC 7468](https://www.rfc-editor.org/rfc/rfc7468)).
public final class Pem {
  private static final Pattern PRIVATE_KEY =
      Pattern.compile(
          "-----BEGIN ((?:RSA |EC |)PRIVATE KEY)-----\\s([^-]+)-----END \\1-----", Pattern.DOTALL);

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /// As others read it.
  public static String of(X509Certificate certificate) {
    try {
      return block("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalArgumentException("a certificate that cannot be written", e);
    }
  }

  /// In PKCS #8.
  public static String of(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, LINES.encodeToString(content), label);
  }

  /// All the certificates in a text, in its order.
  ///
  /// @throws IOException if there is none, or one that is damaged
  public static List<X509Certificate> certificates(String pem) throws IOException {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.getBytes(UTF_8)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IOException("expected a certificate in PEM, found none");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IOException("a certificate cannot be read: " + e.getMessage(), e);
    }
  }

  /// A key in PKCS #8 (`PRIVATE KEY`), PKCS #1 (`RSA PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`).
  ///
  /// @param pair the public half, which says what kind of key it is
  /// @throws IOException if there is none, or it is damaged or encrypted
  public static PrivateKey privateKey(String pem, PublicKey pair) throws IOException {
    Matcher found = PRIVATE_KEY.matcher(pem);
    if (!found.find()) {
      throw new IOException("expected a private key in PEM that is not encrypted, found none");
    }
    try {
      byte[] bytes = Base64.getMimeDecoder().decode(found.group(2));
      byte[] pkcs8 = "PRIVATE KEY".equals(found.group(1)) ? bytes : Der.pkcs8(bytes, pair);
      return KeyFactory.getInstance(pair.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException("the private key cannot be read: " + e.getMessage(), e);
    }
  }
}
