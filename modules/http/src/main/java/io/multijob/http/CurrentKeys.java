package io.multijob.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Asks at each handshake who we are by now. TLS asks three times in one handshake, for a name, a
/// key and a chain: the name stands for one identity, so that a key never goes with the chain of
/// another.
///
/// Thread-safe.
final class CurrentKeys extends X509ExtendedKeyManager {
  private final Supplier<Optional<TlsIdentity>> source;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Optional<Named> latest = Optional.empty();

  @GuardedBy("lock")
  private Optional<Named> previous = Optional.empty();

  @GuardedBy("lock")
  private int changes;

  /// @param alias what TLS calls it
  private record Named(String alias, TlsIdentity identity) {}

  /// @param source who we are now; nobody yet, and the handshake fails
  CurrentKeys(Supplier<Optional<TlsIdentity>> source) {
    this.source = source;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
    Optional<TlsIdentity> now = source.get();
    if (now.isEmpty() || !now.get().keyType().equals(keyType)) {
      return null; // as TLS wants to be told that there is none
    }
    return aliasOf(now.get());
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    return named(alias).map(TlsIdentity::key).orElse(null);
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    return named(alias)
        .map(identity -> identity.chain().toArray(X509Certificate[]::new))
        .orElse(null);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // TLS over engines does not ask
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // this is for sockets
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // we are no client
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
    return null; // we are no client
  }

  private String aliasOf(TlsIdentity identity) {
    lock.lock();
    try {
      if (latest.isPresent() && latest.get().identity().equals(identity)) {
        return latest.get().alias();
      }
      changes++;
      previous = latest; // a handshake may be between its questions
      Named named = new Named("identity-" + changes, identity);
      latest = Optional.of(named);
      return named.alias();
    } finally {
      lock.unlock();
    }
  }

  private Optional<TlsIdentity> named(String alias) {
    lock.lock();
    try {
      return latest
          .filter(named -> named.alias().equals(alias))
          .or(() -> previous.filter(named -> named.alias().equals(alias)))
          .map(Named::identity);
    } finally {
      lock.unlock();
    }
  }
}
