package io.multijob.servo.kubernetes;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/// Certificates and keys as TLS takes them.
final class Tls {
  /// A store that lives in memory only. The usual type, PKCS12, would spend 0.1 s on encrypting the
  /// key for it.
  private static final String STORE = "JKS";

  private static final char[] NO_PASSWORD = {};

  private Tls() {}

  static KeyManager[] keyManagers(List<ClientCertificate> certificates)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    for (ClientCertificate certificate : certificates) {
      X509Certificate[] chain = certificate.chain().toArray(X509Certificate[]::new);
      PrivateKey key = certificate.key();
      store.setKeyEntry("client", key, NO_PASSWORD, chain);
    }
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /// @param authorities none for those that the system trusts
  static TrustManager[] trustManagers(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    if (authorities.isEmpty()) {
      factory.init((KeyStore) null); // documented so
      return factory.getTrustManagers();
    }
    KeyStore store = emptyStore();
    for (X509Certificate authority : authorities) {
      store.setCertificateEntry("authority-" + store.size(), authority);
    }
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(STORE);
    store.load(null, NO_PASSWORD);
    return store;
  }
}
