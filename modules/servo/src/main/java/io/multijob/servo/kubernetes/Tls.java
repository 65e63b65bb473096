package io.multijob.servo.kubernetes;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

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

  /// As [#trustManagers(List)], or those that take any server at its word.
  static TrustManager[] trustManagers(List<X509Certificate> authorities, ServerTrust trust)
      throws GeneralSecurityException, IOException {
    return switch (trust) {
      case AUTHORITIES -> trustManagers(authorities);
      case ANYONE -> new TrustManager[] {new Credulous()};
    };
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(STORE);
    store.load(null, NO_PASSWORD);
    return store;
  }

  /// Believes everybody. An extended one, so that the name is not compared either.
  private static final class Credulous extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind) {
      // We are no server.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket) {
      // We are no server.
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
      // We are no server.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind) {
      // As the configuration asks.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket) {
      // As the configuration asks.
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine) {
      // As the configuration asks.
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
