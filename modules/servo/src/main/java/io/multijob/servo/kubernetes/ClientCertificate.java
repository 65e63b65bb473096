package io.multijob.servo.kubernetes;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What we show to a server that asks who we are.
///
/// @param chain our certificate, and after it those that vouch for it
record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {

  ClientCertificate {
    chain = List.copyOf(chain);
  }

  /// @throws IOException if they are not PEM, or the key is not of a kind that the certificate's is
  static ClientCertificate parse(String certificates, String key) throws IOException {
    List<X509Certificate> chain = Pem.certificates(certificates);
    return new ClientCertificate(chain, Pem.privateKey(key, chain.getFirst().getPublicKey()));
  }
}
