package io.multijob.servo;

import io.multijob.protocol.ServiceUrl;
import io.multijob.servo.ServoConfig.AdmissionSettings;
import io.multijob.servo.ServoConfig.Listeners;
import io.multijob.servo.ServoConfig.LogSettings;
import io.multijob.servo.ServoConfig.MarkSettings;
import io.multijob.servo.ServoConfig.ServiceSettings;
import io.multijob.servo.ServoConfig.StateSettings;
import io.multijob.servo.ServoConfig.WatchedPods;
import io.multijob.servo.lead.LeaseName;
import io.multijob.servo.mark.HoldKeeper;
import io.multijob.servo.mark.PodMarker;
import io.multijob.servo.observe.Logging;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.report.AuthToken;
import io.multijob.servo.watch.Scope;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Reads a [ServoConfig] from environment variables and collects all that is wrong with them.
final class SettingsReader {
  private static final String POSTS_LISTEN = "0.0.0.0:8080";

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  ServoConfig read() throws ConfigurationException {
    Optional<ServiceSettings> service = service();
    Optional<Set<Scope>> scopes = read(Setting.POD_NAMESPACES, SettingValues::scopes);
    Optional<AppIdPath> path = read(Setting.OPTUNE_APP_ID, AppIdPath::parse);
    Optional<StateSettings> state = state();
    Optional<List<InetSocketAddress>> stats =
        read(Setting.STATS_LISTEN, text -> SettingValues.listener(statsListener(text)));
    Optional<List<InetSocketAddress>> metrics =
        read(Setting.METRICS_LISTEN, SettingValues::listener);
    Optional<Duration> deadline = read(Setting.STATS_DEADLINE, SettingValues::duration);
    Optional<MarkSettings> marks = marks();
    Optional<List<LeaseName>> lease = read(Setting.LEASE, SettingValues::lease);
    Optional<AdmissionSettings> admission = new AdmissionReader(this).read();
    Optional<Logging.Verbosity> verbosity = read(Setting.OPTUNE_DEBUG, SettingValues::verbosity);
    Optional<Logging.Format> format =
        read(Setting.LOG_FORMAT, SettingValues.oneOf(Logging.Format.class));
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new ServoConfig(
        service.orElseThrow(),
        new WatchedPods(scopes.orElseThrow(), path.orElseThrow()),
        new Listeners(stats.orElseThrow(), metrics.orElseThrow()),
        state.orElseThrow(),
        deadline.orElseThrow(),
        marks.orElseThrow(),
        lease.orElseThrow(),
        admission.orElseThrow(),
        new LogSettings(verbosity.orElseThrow(), format.orElseThrow()),
        environment);
  }

  private Optional<ServiceSettings> service() {
    String account = text(Setting.OPTUNE_ACCOUNT);
    Optional<AuthToken> token = read(Setting.OPTUNE_AUTH_TOKEN, SettingValues::token);
    if (account.isEmpty() && text(Setting.OPTUNE_URL).contains("{acct}")) {
      problems.add(Setting.OPTUNE_ACCOUNT + ": not set, but {acct} in OPTUNE_URL asks for it");
      return Optional.empty();
    }
    return read(Setting.OPTUNE_URL, template -> ServiceUrl.parse(template, account))
        .flatMap(url -> token.map(known -> new ServiceSettings(url, account, known)));
  }

  private Optional<StateSettings> state() {
    Optional<Path> directory = read(Setting.STATE_DIR, Path::of);
    Optional<Long> limit = read(Setting.OUTBOX_LIMIT, SettingValues::bytes);
    return directory.flatMap(path -> limit.map(bytes -> new StateSettings(path, bytes)));
  }

  private Optional<MarkSettings> marks() {
    Optional<Boolean> marking = read(Setting.MARK_PODS, SettingValues::truth);
    Optional<Boolean> holding = read(Setting.HOLD_PODS, SettingValues::truth);
    Optional<Duration> limit = read(Setting.HOLD_LIMIT, SettingValues::duration);
    if (marking.isEmpty() || holding.isEmpty() || limit.isEmpty()) {
      return Optional.empty();
    }
    if (holding.get() && !marking.get()) {
      problems.add(Setting.HOLD_PODS + ": needs MARK_PODS, which is off");
    }
    return Optional.of(
        new MarkSettings(
            marking.get() ? PodMarker.Marking.ON : PodMarker.Marking.OFF,
            new HoldKeeper.Policy(
                holding.get() ? HoldKeeper.Holding.ON : HoldKeeper.Holding.OFF, limit.get())));
  }

  private String statsListener(String text) {
    if (!text.isEmpty()) {
      return text;
    }
    return text(Setting.SELF_IP).isEmpty() ? SettingValues.NONE : POSTS_LISTEN;
  }

  /// What is wrong with the settings.
  void problem(Setting setting, String problem) {
    problems.add(setting + ": " + problem);
  }

  /// The setting as it is written, or its default.
  String text(Setting setting) {
    String value = environment.getOrDefault(setting.name(), "").strip();
    return value.isEmpty() ? setting.standard() : value;
  }

  /// The setting's value; nothing if it is wrong, which is remembered.
  <T> Optional<T> read(Setting setting, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text(setting)));
    } catch (InvalidPathException e) {
      problems.add(setting + ": not a path: " + e.getReason());
    } catch (IllegalArgumentException e) {
      problems.add(setting + ": " + e.getMessage());
    }
    return Optional.empty();
  }
}
