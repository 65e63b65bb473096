package io.multijob.http;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/// TLS 1.2 and later, with whatever identity is current at the handshake. Clients are not asked who
/// they are.
final class TlsSettings extends HttpsConfigurator {
  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /// Clients that come back with a session of theirs skip half of a handshake. Few are enough: an
  /// API server keeps its connections.
  private static final int SESSIONS = 1_000;

  private TlsSettings(SSLContext context) {
    super(context);
  }

  static TlsSettings of(Supplier<Optional<TlsIdentity>> identity) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      // An empty array: for null the JDK would load all the authorities that the system trusts.
      context.init(new KeyManager[] {new CurrentKeys(identity)}, new TrustManager[0], null);
      context.getServerSessionContext().setSessionCacheSize(SESSIONS);
      return new TlsSettings(context);
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no TLS: " + e.getMessage(), e);
    }
  }

  @Override
  public void configure(HttpsParameters parameters) {
    SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
    wanted.setProtocols(VERSIONS);
    parameters.setSSLParameters(wanted);
  }
}
