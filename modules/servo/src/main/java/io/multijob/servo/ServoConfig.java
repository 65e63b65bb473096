package io.multijob.servo;

import static java.util.Locale.ROOT;

import io.multijob.protocol.ServiceUrl;
import io.multijob.servo.adjustment.AdjustSettings;
import io.multijob.servo.adjustment.SettingRange;
import io.multijob.servo.certificate.Keeping;
import io.multijob.servo.injection.PodmonImage;
import io.multijob.servo.lead.LeaseName;
import io.multijob.servo.mark.HoldKeeper;
import io.multijob.servo.mark.PodMarker;
import io.multijob.servo.observe.Logging;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.report.AuthToken;
import io.multijob.servo.watch.Scope;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The servo's settings.
///
/// @param service the Optune service
/// @param pods which pods are ours
/// @param listeners what we listen on
/// @param state what is kept on disk
/// @param statsDeadline how long after a workload's end its figures are waited for
/// @param marks what is written on pods
/// @param lease decides which of several replicas acts; none where there is one: at most one
/// @param admission what is done to pods before they start
/// @param logging what is logged, and how
/// @param environment what the settings were read from; also says how the API server is reached
public record ServoConfig(
    ServiceSettings service,
    WatchedPods pods,
    Listeners listeners,
    StateSettings state,
    Duration statsDeadline,
    MarkSettings marks,
    List<LeaseName> lease,
    AdmissionSettings admission,
    LogSettings logging,
    Map<String, String> environment) {

  public ServoConfig {
    lease = List.copyOf(lease);
    environment = Map.copyOf(environment);
  }

  /// The Optune service, and who we are to it.
  ///
  /// @param account empty when there is none
  public record ServiceSettings(ServiceUrl url, String account, AuthToken token) {}

  /// Which pods are ours.
  ///
  /// @param scopes the namespaces, or all; empty for our own, which the way to the cluster tells
  public record WatchedPods(Set<Scope> scopes, AppIdPath appId) {
    public WatchedPods {
      scopes = Set.copyOf(scopes);
    }
  }

  /// What we listen on; each is there or not.
  ///
  /// @param stats for podmon's posts: at most one
  /// @param metrics for metrics and health: at most one
  public record Listeners(List<InetSocketAddress> stats, List<InetSocketAddress> metrics) {
    public Listeners {
      stats = List.copyOf(stats);
      metrics = List.copyOf(metrics);
    }
  }

  /// What is kept on disk.
  ///
  /// @param directory where the outbox lies
  /// @param outboxLimit how many bytes it may hold
  public record StateSettings(Path directory, long outboxLimit) {}

  /// What is written on pods.
  ///
  /// @param marking whether they are marked when their run is reported
  /// @param holds whether they are held until then
  public record MarkSettings(PodMarker.Marking marking, HoldKeeper.Policy holds) {}

  /// What is done to pods before they start.
  ///
  /// @param listen where we are asked: at most one
  /// @param certificate ours, where it is given: at most one
  /// @param image what is put beside the workload: at most one
  /// @param kubelets which are asked for figures of an image that only sleeps
  /// @param reportTarget whom podmon posts to as well; empty for nobody
  /// @param budget how long a start may wait for the service
  /// @param adjust bounds and manner of adjustments
  public record AdmissionSettings(
      AdmissionMode mode,
      List<InetSocketAddress> listen,
      List<Keeping.Given> certificate,
      List<PodmonImage> image,
      KubeletStats kubelets,
      String reportTarget,
      Duration budget,
      AdjustSettings adjust) {
    public AdmissionSettings {
      listen = List.copyOf(listen);
      certificate = List.copyOf(certificate);
      image = List.copyOf(image);
    }
  }

  /// What is logged, and how.
  public record LogSettings(Logging.Verbosity verbosity, Logging.Format format) {}

  /// Reads the settings from the environment's variables; one that is unset or blank has its
  /// default.
  ///
  /// @throws ConfigurationException with all that is wrong with them
  public static ServoConfig from(Map<String, String> environment) throws ConfigurationException {
    return new SettingsReader(environment).read();
  }

  /// Variables that look like settings of ours and are none; a sentence for each.
  public List<String> warnings() {
    return UnknownSettings.in(environment);
  }

  /// The settings as they are in force, a line each; without secrets.
  public List<String> describe() {
    return List.of(
        line(Setting.OPTUNE_URL, service.url()),
        line(Setting.OPTUNE_ACCOUNT, shown(service.account())),
        line(Setting.OPTUNE_AUTH_TOKEN, service.token()),
        line(Setting.POD_NAMESPACES, pods.scopes().isEmpty() ? "our own" : joined(pods.scopes())),
        line(Setting.OPTUNE_APP_ID, pods.appId()),
        line(Setting.STATE_DIR, state.directory()),
        line(Setting.OUTBOX_LIMIT, binary(state.outboxLimit())),
        line(Setting.STATS_LISTEN, listener(listeners.stats())),
        line(Setting.METRICS_LISTEN, listener(listeners.metrics())),
        line(Setting.STATS_DEADLINE, shortly(statsDeadline)),
        line(Setting.MARK_PODS, marks.marking() == PodMarker.Marking.ON),
        line(Setting.HOLD_PODS, marks.holds().holding() == HoldKeeper.Holding.ON),
        line(Setting.HOLD_LIMIT, shortly(marks.holds().limit())),
        line(Setting.LEASE, lease.isEmpty() ? "none" : lease.getFirst()),
        line(Setting.ADMISSION, admission.mode()),
        line(Setting.ADMISSION_LISTEN, listener(admission.listen())),
        line(
            Setting.ADMISSION_CERT,
            admission.certificate().isEmpty()
                ? "made by ourselves"
                : admission.certificate().getFirst().certificate()),
        line(
            Setting.OPTUNE_SLEEPER_IMG,
            admission.image().isEmpty() ? "none" : described(admission.image().getFirst())),
        line(Setting.KUBELET_STATS, admission.kubelets()),
        line(Setting.CONVERSATION_BUDGET, shortly(admission.budget())),
        line(Setting.ADJUST_MODE, admission.adjust().mode()),
        line(Setting.ADJUST_TARGET, admission.adjust().target()),
        line(Setting.ADJUST_CPU, bounds(admission.adjust().cpu())),
        line(Setting.ADJUST_MEM, bounds(admission.adjust().memory())),
        line(Setting.KUBECONFIG, shown(environment.getOrDefault("KUBECONFIG", ""))));
  }

  private static String line(Setting setting, Object value) {
    return "%-20s%s".formatted(setting, value);
  }

  private static String shortly(Duration duration) {
    return duration.toString().substring(2).toLowerCase(ROOT);
  }

  private static String binary(long bytes) {
    if (bytes % (1 << 30) == 0) {
      return (bytes >> 30) + "Gi";
    }
    return bytes % (1 << 20) == 0 ? (bytes >> 20) + "Mi" : (bytes >> 10) + "Ki";
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(Object::toString).sorted().collect(Collectors.joining(","));
  }

  private static String listener(List<InetSocketAddress> addresses) {
    return shown(
        addresses.stream()
            .map(address -> address.getHostString() + ":" + address.getPort())
            .collect(Collectors.joining()));
  }

  private static String described(PodmonImage image) {
    return switch (image.kind()) {
      case PODMON -> image.name() + " (podmon)";
      case SLEEPER -> image.name() + " (sleeper)";
    };
  }

  private static String bounds(List<SettingRange> ranges) {
    return ranges.isEmpty() ? "by what the pod asks for" : ranges.getFirst().toString();
  }

  private static String shown(String value) {
    return value.isEmpty() ? "none" : value;
  }
}
