package io.multijob.servo.certificate;

import io.multijob.http.TlsIdentity;
import io.multijob.servo.kubernetes.Pem;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// All that it takes to be known and to go on being known: what we show, what signs the next one,
/// and whom the API server is to trust.
///
/// @param leaf what we show, signed by the authority or by one of the retiring
/// @param authority signs from now on
/// @param retiring authorities that sign no more, and are trusted until nothing that they signed is
///   shown any more
record KeySet(CertifiedKey leaf, CertifiedKey authority, List<X509Certificate> retiring) {

  KeySet {
    retiring = List.copyOf(retiring);
  }

  /// @param leaf certificate and key
  /// @param authorities the one that signs, and after it the retiring
  /// @param authorityKey of the first of them
  /// @throws IOException if something of it is damaged, or does not belong to the rest
  static KeySet parse(String leaf, String leafKey, String authorities, String authorityKey)
      throws IOException {
    X509Certificate shown = Pem.certificates(leaf).getFirst();
    List<X509Certificate> trusted = Pem.certificates(authorities);
    X509Certificate signer = trusted.getFirst();
    KeySet keys =
        new KeySet(
            CertifiedKey.matching(Pem.privateKey(leafKey, shown.getPublicKey()), shown),
            CertifiedKey.matching(Pem.privateKey(authorityKey, signer.getPublicKey()), signer),
            trusted.subList(1, trusted.size()));
    if (keys.authorities().stream().noneMatch(keys.leaf()::isSignedBy)) {
      throw new IOException("the certificate is signed by none of the authorities beside it");
    }
    return keys;
  }

  /// Whom the API server is to trust, the one that signs first.
  List<X509Certificate> authorities() {
    List<X509Certificate> all = new ArrayList<>();
    all.add(authority.certificate());
    all.addAll(retiring);
    return all;
  }

  /// The same as text.
  String bundle() {
    return authorities().stream().map(Pem::of).collect(Collectors.joining());
  }

  TlsIdentity identity() {
    return new TlsIdentity(leaf.key(), List.of(leaf.certificate()));
  }

  KeySet with(CertifiedKey nextLeaf) {
    return new KeySet(nextLeaf, authority, retiring);
  }

  /// The one that signed so far retires.
  KeySet withAuthority(CertifiedKey next) {
    List<X509Certificate> earlier = new ArrayList<>(authorities());
    return new KeySet(leaf, next, earlier);
  }

  KeySet withoutRetiring() {
    return new KeySet(leaf, authority, List.of());
  }
}
