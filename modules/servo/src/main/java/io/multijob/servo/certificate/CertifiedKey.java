package io.multijob.servo.certificate;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/// A private key, and the certificate that says whose it is.
record CertifiedKey(PrivateKey key, X509Certificate certificate) {
  private static final byte[] PROBE = {1, 2, 3, 4};

  /// @throws IOException if they do not belong together: what the one signs, the other disowns
  static CertifiedKey matching(PrivateKey key, X509Certificate certificate) throws IOException {
    try {
      if (!signs(key, certificate.getPublicKey())) {
        throw new IOException(
            "the private key is not that of the certificate of "
                + certificate.getSubjectX500Principal());
      }
      return new CertifiedKey(key, certificate);
    } catch (GeneralSecurityException e) {
      throw new IOException("the private key cannot be used: " + e.getMessage(), e);
    }
  }

  Instant begins() {
    return certificate.getNotBefore().toInstant();
  }

  Instant ends() {
    return certificate.getNotAfter().toInstant();
  }

  boolean holds(Instant now) {
    return !now.isBefore(begins()) && now.isBefore(ends());
  }

  /// True when less than a third of its life is left.
  boolean ages(Instant now) {
    Duration life = Duration.between(begins(), ends());
    return Duration.between(now, ends()).compareTo(life.dividedBy(3)) < 0;
  }

  boolean isSignedBy(X509Certificate authority) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static boolean signs(PrivateKey key, PublicKey pair) throws GeneralSecurityException {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          case String other -> other; // Ed25519 and its like name both alike
        };
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(PROBE);
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(pair);
    verifying.update(PROBE);
    return verifying.verify(signing.sign());
  }
}
