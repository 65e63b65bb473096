package io.multijob.optune;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.optune.access.Access;
import io.multijob.optune.access.Gate;
import io.multijob.optune.access.Origins;
import io.multijob.optune.api.Api;
import io.multijob.optune.intake.Intake;
import io.multijob.optune.intake.IntakeCounts;
import io.multijob.optune.live.RunStream;
import io.multijob.optune.page.Page;
import io.multijob.optune.store.RunStore;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Optune service: takes runs from servos, keeps them, and shows them on a page.
///
/// Thread-safe. It starts once; after [#close()], make a new one.
public final class Optune implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Optune.class);

  private final OptuneConfig config;
  private final RunStore store;
  private final RunStream stream;
  private final HttpListener listener;

  /// Opens the store and takes the port.
  ///
  /// @throws IOException if either is not to be had
  public Optune(OptuneConfig config) throws IOException {
    this.config = config;
    InstantSource clock = InstantSource.system();
    this.store = RunStore.open(config.stateDirectory());
    try {
      IntakeCounts counts = new IntakeCounts();
      this.stream = new RunStream(store, RunStream.Settings.DEFAULT);
      Service service =
          new Service(
              new Guard(new Gate(config.access()), Origins.of(config.listen(), config.access())),
              new Intake(store, counts, clock),
              new Api(store, clock),
              stream,
              new Page(),
              new ServiceMetrics(store, stream, counts));
      this.listener = HttpListener.bind(config.listen(), Limits.DEFAULT, service);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
  }

  public void start() {
    store.start();
    stream.start();
    listener.start();
    LOG.atInfo()
        .addKeyValue("url", url())
        .addKeyValue("settings", config)
        .log("Optune service started");
    if (config.access() instanceof Access.Open && !address().isLoopbackAddress()) {
      LOG.atWarn()
          .addKeyValue("settings", config.listen())
          .log("Everyone on the network can read and report runs: set OPTUNE_AUTH_TOKEN");
    }
  }

  /// Where the page is; the protocol's URL is this and `/metrics/{acct}/{app_id}/servo`.
  public URI url() {
    InetAddress address =
        address().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address();
    String host = address.getHostAddress();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + listener.port());
  }

  /// Ends the streams, lets the answers in progress go out, and closes the store. Idempotent.
  @Override
  public void close() throws IOException {
    stream.close();
    listener.close();
    store.close();
  }

  private InetAddress address() {
    InetSocketAddress bound = listener.address();
    return bound.getAddress();
  }
}
