package io.multijob.servo.kubernetes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.kubernetes.ClusterAccess.Kubeconfig;
import io.multijob.servo.kubernetes.ClusterAccess.ServiceAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connection of an access, made anew from its files after what they said before was refused:
/// not only tokens are replaced there, but certificates, authorities and whole kubeconfigs, too.
///
/// Thread-safe.
final class Connections implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final ClusterAccess access;
  private final ServerTrust trust;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private @Nullable PlainAccess plain; // what the connection was made of; null: by the library

  @GuardedBy("lock")
  private Connection connection;

  @GuardedBy("lock")
  private boolean doubted;

  private Connections(
      ClusterAccess access, ServerTrust trust, @Nullable PlainAccess plain, Connection connection) {
    this.access = access;
    this.trust = trust;
    this.plain = plain;
    this.connection = connection;
  }

  /// Makes the first. Nothing is sent before the first request.
  static Connections open(ClusterAccess access, ServerTrust trust) throws IOException {
    PlainAccess plain = plain(access).orElse(null);
    Connection connection = plain == null ? byTheLibrary(access, trust) : plain.connect(trust);
    return new Connections(access, trust, plain, connection);
  }

  /// The one to use now.
  ///
  /// @throws IOException if the files have to be read anew, and cannot be
  Connection current() throws IOException {
    lock.lock();
    try {
      if (doubted) {
        renew();
        doubted = false;
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  /// We were not let in: the files may say something else by now.
  void doubt() {
    lock.lock();
    try {
      doubted = true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      connection.client().close();
    } finally {
      lock.unlock();
    }
  }

  /// A client that is replaced is left to those who still read by it, and goes with the last.
  @GuardedBy("lock")
  private void renew() throws IOException {
    Optional<PlainAccess> now = plain(access);
    if (now.isEmpty()) {
      return; // the library renews what it knows by itself
    }
    if (plain != null && plain.hasTlsOf(now.get())) {
      connection = now.get().connectBy(connection.client());
    } else {
      connection = now.get().connect(trust);
      LOG.atInfo().addKeyValue("server", connection.server()).log("Credentials were read anew");
    }
    plain = now.get();
  }

  private static Optional<PlainAccess> plain(ClusterAccess access) throws IOException {
    return switch (access) {
      case ServiceAccount account -> Optional.of(PlainAccess.of(account));
      case Kubeconfig(List<Path> files) when files.size() == 1 ->
          KubeconfigFile.read(files.getFirst()).access();
      case Kubeconfig several -> Optional.empty();
    };
  }

  private static Connection byTheLibrary(ClusterAccess access, ServerTrust trust)
      throws IOException {
    return switch (access) {
      case ServiceAccount account -> PlainAccess.of(account).connect(trust);
      case Kubeconfig kubeconfig -> LibraryAccess.connect(kubeconfig, trust);
    };
  }
}
