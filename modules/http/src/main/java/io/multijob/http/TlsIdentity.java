package io.multijob.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a server shows to prove who it is.
///
/// @param key signs; of the kind that the first certificate's key is
/// @param chain the server's certificate, and after it those that vouch for it, without the root
public record TlsIdentity(PrivateKey key, List<X509Certificate> chain) {

  public TlsIdentity {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a server's chain has a certificate at least, found none");
    }
    String kind = chain.getFirst().getPublicKey().getAlgorithm();
    if (!kind.equals(key.getAlgorithm())) {
      throw new IllegalArgumentException(
          "expected a private key of kind %s, as the certificate's, found %s"
              .formatted(kind, key.getAlgorithm()));
    }
  }

  /// The kind of the key as TLS calls it, such as `EC`.
  String keyType() {
    return key.getAlgorithm();
  }
}
