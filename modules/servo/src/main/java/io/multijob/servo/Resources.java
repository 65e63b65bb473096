package io.multijob.servo;

import io.multijob.http.Handler;
import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.servo.admission.ReviewHandler;
import io.multijob.servo.certificate.Keeping;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.kubernetes.ServerTrust;
import io.multijob.servo.report.OptuneClient;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxRoom;
import io.multijob.servo.stats.PostedStats;
import io.multijob.servo.stats.StatsEndpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What the servo takes of its surroundings: the ways to the cluster and the service, its files,
/// its ports.
///
/// @param kubelets the way to kubelets, where they may be asked; at most one
/// @param service the way to the Optune service
/// @param metrics listens already; at most one
/// @param stats does not listen yet; at most one
/// @param reviews does not listen yet; at most one
record Resources(
    KubernetesApi api,
    List<KubernetesApi> kubelets,
    OptuneClient service,
    Outbox outbox,
    OutboxRoom room,
    PostedStats posted,
    List<HttpListener> metrics,
    List<HttpListener> stats,
    List<HttpListener> reviews,
    LateIdentity identity,
    Keeping keeping) {

  Resources {
    kubelets = List.copyOf(kubelets);
    metrics = List.copyOf(metrics);
    stats = List.copyOf(stats);
    reviews = List.copyOf(reviews);
  }

  /// Where something listens.
  static List<InetSocketAddress> addresses(List<HttpListener> listeners) {
    return listeners.stream().map(HttpListener::address).toList();
  }

  /// Takes them all, or tells of each that cannot be had.
  ///
  /// Used by one thread.
  static final class Taker {
    private final ServoConfig config;
    private final Closer closer;
    private final InstantSource clock;
    private final List<String> problems = new CopyOnWriteArrayList<>();

    private volatile boolean inCluster;

    /// @param closer closes what is taken
    Taker(ServoConfig config, Closer closer, InstantSource clock) {
      this.config = config;
      this.closer = closer;
      this.clock = clock;
    }

    /// @param metrics answers at the address for metrics and health
    /// @param stats answers at the address for podmon's posts
    /// @param reviews answers at the address for admission
    /// @throws ConfigurationException with all that is wrong
    Resources take(Handler metrics, Handler stats, Handler reviews) throws ConfigurationException {
      List<HttpListener> metricsListeners =
          listen(Setting.METRICS_LISTEN, config.listeners().metrics(), 0, metrics);
      metricsListeners.forEach(HttpListener::start);
      Path state = config.state().directory();
      long limit = config.state().outboxLimit();
      Optional<Outbox> outbox;
      Future<Optional<KubernetesApi>> api;
      try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
        api = beside.submit(this::openApi); // these two take most of the time that a start takes
        outbox = take(Setting.STATE_DIR, () -> Outbox.open(state, limit, clock));
      }
      Optional<PostedStats> posted =
          outbox.isEmpty() ? Optional.empty() : openPosted(state.resolve("posted"));
      List<HttpListener> statsListeners =
          listen(
              Setting.STATS_LISTEN,
              config.listeners().stats(),
              StatsEndpoint.MAX_BODY_BYTES,
              stats);
      LateIdentity identity = new LateIdentity();
      List<HttpListener> reviewListeners = listenForReviews(identity, reviews);
      if (api.state() == Future.State.FAILED) {
        throw new IllegalStateException("cannot make a client of the cluster", api.exceptionNow());
      }
      if (!problems.isEmpty()) {
        throw new ConfigurationException(problems);
      }
      return new Resources(
          api.resultNow().orElseThrow(),
          kubelets(api.resultNow().orElseThrow()),
          closer.add(service()),
          outbox.orElseThrow(),
          new OutboxRoom(outbox.orElseThrow(), state, limit),
          posted.orElseThrow(),
          metricsListeners,
          statsListeners,
          reviewListeners,
          identity,
          keeping(api.resultNow().orElseThrow()));
    }

    private OptuneClient service() {
      ServoConfig.ServiceSettings settings = config.service();
      return new OptuneClient(
          settings.url(), settings.token(), Acting.AGENT + "/" + Servo.version(), clock);
    }

    private Optional<KubernetesApi> openApi() {
      return take(
          Setting.KUBECONFIG,
          () -> {
            ClusterAccess access = ClusterAccess.find(config.environment());
            inCluster = access instanceof ClusterAccess.ServiceAccount;
            return KubernetesApi.open(access);
          });
    }

    private List<HttpListener> listen(
        Setting setting, List<InetSocketAddress> addresses, int maxBodyBytes, Handler handler) {
      Limits limits = Limits.DEFAULT.withMaxBodyBytes(maxBodyBytes);
      List<HttpListener> listeners = new ArrayList<>();
      for (InetSocketAddress address : addresses) {
        try {
          listeners.add(closer.add(HttpListener.bind(address, limits, handler)));
        } catch (IOException e) {
          cannotListen(setting, address, e);
        }
      }
      return listeners;
    }

    private List<HttpListener> listenForReviews(LateIdentity identity, Handler handler) {
      List<HttpListener> listeners = new ArrayList<>();
      for (InetSocketAddress address : config.admission().listen()) {
        try {
          listeners.add(
              closer.add(HttpListener.bindTls(address, ReviewHandler.LIMITS, identity, handler)));
        } catch (IOException e) {
          cannotListen(Setting.ADMISSION_LISTEN, address, e);
        }
      }
      return listeners;
    }

    private List<KubernetesApi> kubelets(KubernetesApi api) throws ConfigurationException {
      return switch (config.admission().kubelets()) {
        case OFF -> List.of();
        case VERIFY -> List.of(api);
        case INSECURE -> {
          List<KubernetesApi> opened =
              take(
                      Setting.KUBECONFIG,
                      () ->
                          KubernetesApi.open(
                              ClusterAccess.find(config.environment()), ServerTrust.ANYONE))
                  .stream()
                  .toList();
          if (opened.isEmpty()) {
            throw new ConfigurationException(problems);
          }
          yield opened;
        }
      };
    }

    /// Where the replicas of a cluster find one certificate, or else a directory of our own.
    private Keeping keeping(KubernetesApi api) {
      if (!config.admission().certificate().isEmpty()) {
        return config.admission().certificate().getFirst();
      }
      return inCluster
          ? new Keeping.InSecret(api.namespace(), Keeping.DEFAULT_NAME)
          : new Keeping.InDirectory(config.state().directory().resolve("admission"));
    }

    private void cannotListen(Setting setting, InetSocketAddress address, IOException e) {
      String where = address.getHostString() + ":" + address.getPort();
      problems.add(setting + ": cannot listen on " + where + ": " + e.getMessage());
    }

    private Optional<PostedStats> openPosted(Path directory) {
      try {
        return Optional.of(PostedStats.open(directory, clock));
      } catch (IOException e) {
        problems.add(Setting.STATE_DIR + ": " + directory + ": " + e.getMessage());
        return Optional.empty();
      }
    }

    private <T extends AutoCloseable> Optional<T> take(Setting setting, Opening<T> opening) {
      try {
        return Optional.of(closer.add(opening.open()));
      } catch (IOException e) {
        problems.add(setting + ": " + e.getMessage() + hint(setting));
        return Optional.empty();
      }
    }

    private String hint(Setting setting) {
      boolean usual =
          setting == Setting.STATE_DIR && !config.environment().containsKey(setting.name());
      return usual ? "; set STATE_DIR to a directory that is kept between restarts" : "";
    }

    @FunctionalInterface
    private interface Opening<T> {
      T open() throws IOException;
    }
  }
}
