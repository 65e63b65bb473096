package io.multijob.servo.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.TlsIdentity;
import io.multijob.servo.kubernetes.Pem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/// A certificate and a key that somebody else makes and renews, such as cert-manager by a Secret
/// that is mounted.
///
/// @param certificate a chain in PEM, ours first
/// @param key its private key in PEM, not encrypted
record GivenFiles(Path certificate, Path key) {

  /// What they say now.
  ///
  /// @throws IOException if one cannot be read, or they do not belong together, as for a moment
  ///   while they are replaced
  TlsIdentity read() throws IOException {
    String chainText = text(certificate);
    String keyText = text(key);
    List<X509Certificate> chain;
    try {
      chain = Pem.certificates(chainText);
    } catch (IOException e) {
      throw new IOException(certificate + ": " + e.getMessage(), e);
    }
    X509Certificate ours = chain.getFirst();
    try {
      CertifiedKey pair = CertifiedKey.matching(Pem.privateKey(keyText, ours.getPublicKey()), ours);
      return new TlsIdentity(pair.key(), chain);
    } catch (IOException e) {
      throw new IOException(key + ": " + e.getMessage(), e);
    }
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file, UTF_8);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": no such file", e);
    }
  }
}
