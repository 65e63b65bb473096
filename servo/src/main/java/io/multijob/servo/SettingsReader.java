package io.multijob.servo;

import static io.multijob.servo.Setting.LOG_FORMAT;
import static io.multijob.servo.Setting.METRICS_LISTEN;
import static io.multijob.servo.Setting.OPTUNE_ACCOUNT;
import static io.multijob.servo.Setting.OPTUNE_APP_ID;
import static io.multijob.servo.Setting.OPTUNE_AUTH_TOKEN;
import static io.multijob.servo.Setting.OPTUNE_DEBUG;
import static io.multijob.servo.Setting.OPTUNE_URL;
import static io.multijob.servo.Setting.POD_NAMESPACES;
import static io.multijob.servo.Setting.SELF_IP;
import static io.multijob.servo.Setting.STATE_DIR;
import static io.multijob.servo.Setting.STATS_DEADLINE;
import static io.multijob.servo.Setting.STATS_LISTEN;

import io.multijob.protocol.ServiceUrl;
import io.multijob.servo.ServoConfig.Listeners;
import io.multijob.servo.ServoConfig.LogSettings;
import io.multijob.servo.ServoConfig.PodSettings;
import io.multijob.servo.ServoConfig.ServiceSettings;
import io.multijob.servo.observe.Logging;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.AppIdPathException;
import io.multijob.servo.report.AuthToken;
import io.multijob.servo.watch.Scope;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a [ServoConfig] from environment variables and collects all that is wrong with them.
final class SettingsReader {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final String NONE = "none";

  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  SettingsReader(Map<String, String> environment) {
    this.environment = environment;
  }

  ServoConfig read() throws ConfigurationException {
    String account = text(OPTUNE_ACCOUNT, "");
    Optional<ServiceUrl> url =
        read(
            OPTUNE_URL,
            ServiceUrl.DEFAULT_TEMPLATE,
            template -> ServiceUrl.parse(template, account));
    Optional<AppIdPath> path = read(OPTUNE_APP_ID, "spec/containers/0/env/[JOBID]", this::path);
    Optional<Set<Scope>> scopes = read(POD_NAMESPACES, "", SettingsReader::scopes);
    Optional<Path> state = read(STATE_DIR, "/var/lib/servo", Path::of);
    Optional<List<InetSocketAddress>> stats =
        read(
            STATS_LISTEN,
            text(SELF_IP, "").isEmpty() ? NONE : "0.0.0.0:8080",
            SettingsReader::listener);
    Optional<List<InetSocketAddress>> metrics =
        read(METRICS_LISTEN, "0.0.0.0:9090", SettingsReader::listener);
    Optional<Duration> deadline = read(STATS_DEADLINE, "30s", SettingsReader::duration);
    Optional<Logging.Verbosity> level = read(OPTUNE_DEBUG, "0", SettingsReader::level);
    Optional<Logging.Format> format = read(LOG_FORMAT, "text", SettingsReader::format);
    Optional<AuthToken> token = read(OPTUNE_AUTH_TOKEN, "", SettingsReader::token);
    if (!problems.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new ServoConfig(
        new ServiceSettings(url.orElseThrow(), account, token.orElseThrow()),
        new PodSettings(scopes.orElseThrow(), path.orElseThrow()),
        new Listeners(stats.orElseThrow(), metrics.orElseThrow()),
        state.orElseThrow(),
        deadline.orElseThrow(),
        new LogSettings(level.orElseThrow(), format.orElseThrow()),
        environment);
  }

  private String text(Setting setting, String standard) {
    String value = environment.getOrDefault(setting.name(), "").strip();
    return value.isEmpty() ? standard : value;
  }

  private <T> Optional<T> read(Setting setting, String standard, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text(setting, standard)));
    } catch (InvalidPathException e) {
      problems.add(setting + ": not a path: " + e.getReason());
    } catch (IllegalArgumentException e) {
      problems.add(setting + ": " + e.getMessage());
    }
    return Optional.empty();
  }

  private AppIdPath path(String text) {
    try {
      return AppIdPath.parse(text);
    } catch (AppIdPathException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static Set<Scope> scopes(String text) {
    Set<Scope> scopes = new LinkedHashSet<>();
    for (String name : text.split(",", -1)) {
      if (!name.isBlank()) {
        scopes.add(new Scope(name.strip()));
      }
    }
    if (scopes.contains(Scope.ALL) && scopes.size() > 1) {
      throw new IllegalArgumentException("expected names of namespaces or *, found both: " + text);
    }
    return scopes;
  }

  private static List<InetSocketAddress> listener(String text) {
    if (text.equals(NONE)) {
      return List.of();
    }
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 0 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException("expected host:port or none, found \"" + text + '"');
    }
    String host = text.substring(0, colon);
    InetSocketAddress address =
        host.isEmpty()
            ? new InetSocketAddress(Integer.parseInt(port))
            : new InetSocketAddress(host, Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("no such host: \"" + host + '"');
    }
    return List.of(address);
  }

  private static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a duration such as 500ms, 30s or 5m, found \"" + text + '"');
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  private static Logging.Verbosity level(String text) {
    return switch (text) {
      case "0", "false", "no" -> Logging.Verbosity.INFO;
      default -> Logging.Verbosity.DEBUG; // the original takes any number
    };
  }

  private static Logging.Format format(String text) {
    return switch (text) {
      case "text" -> Logging.Format.TEXT;
      case "json" -> Logging.Format.JSON;
      default -> throw new IllegalArgumentException("expected text or json, found \"" + text + '"');
    };
  }

  private static AuthToken token(String text) {
    return text.isEmpty() ? AuthToken.NONE : AuthToken.of(text);
  }
}
