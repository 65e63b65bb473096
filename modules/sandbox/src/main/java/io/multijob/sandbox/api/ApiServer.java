package io.multijob.sandbox.api;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.registry.Registry;
import io.multijob.sandbox.api.registry.WriteMode;
import io.multijob.sandbox.api.store.ObjectStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An API server of Kubernetes for pods, Jobs and what goes with them, over plain HTTP on the
/// loopback interface. Its objects live as long as it does.
///
/// Thread-safe.
public final class ApiServer implements AutoCloseable {
  private static final List<String> NAMESPACES =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");
  private static final Limits LIMITS = new Limits(3 << 20, 10_000, Duration.ZERO);

  private final ObjectStore store;
  private final Faults faults = new Faults();
  private final ApiHandler handler;
  private final Object lock = new Object();
  private InetSocketAddress address; // guarded by lock; with a port once that is known
  private @Nullable HttpListener listener; // guarded by lock; there while it listens

  public ApiServer(ApiServerConfig config) {
    this.store = new ObjectStore(config.historySize());
    Registry registry = new Registry(store, config.clock());
    this.handler = new ApiHandler(store, registry, config, faults);
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), config.port());
    for (String namespace : NAMESPACES) {
      ObjectNode object = Json.object();
      object.putObject("metadata").put("name", namespace);
      registry.create(Resource.NAMESPACES, "", object, WriteMode.COMMIT);
    }
  }

  /// Starts to answer.
  ///
  /// @throws IOException if the port is taken
  public void start() throws IOException {
    synchronized (lock) {
      if (listener == null) {
        listener = HttpListener.bind(address, LIMITS, handler);
        listener.start();
        address = listener.address();
      }
    }
  }

  /// Ends all connections and refuses new ones until it is started again, on the same port and with
  /// the same objects: what a client sees of a server that is restarted.
  public void stop() {
    synchronized (lock) {
      if (listener != null) {
        listener.close();
        listener = null;
      }
    }
  }

  /// Where it listens.
  ///
  /// @throws IllegalStateException if it was never started
  public URI url() {
    synchronized (lock) {
      if (address.getPort() == 0) {
        throw new IllegalStateException("not started");
      }
      return URI.create("http://127.0.0.1:" + address.getPort());
    }
  }

  /// What goes wrong, on demand.
  public Faults faults() {
    return faults;
  }

  /// Forgets all history: who watches from a version of before, or goes on with a list of before,
  /// is told 410.
  public void compact() {
    store.compact();
  }

  /// A kubeconfig file that leads here.
  public String kubeconfig() {
    return """
    apiVersion: v1
    kind: Config
    clusters:
    - name: sandbox
      cluster:
        server: %s
    contexts:
    - name: sandbox
      context:
        cluster: sandbox
        namespace: default
        user: sandbox
    current-context: sandbox
    users:
    - name: sandbox
      user: {}
    """
        .formatted(url());
  }

  @Override
  public void close() {
    stop();
  }
}
