package io.multijob.servo;

import io.multijob.servo.lead.LeaseName;
import io.multijob.servo.observe.Logging;
import io.multijob.servo.report.AuthToken;
import io.multijob.servo.watch.Scope;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the values of settings. All of it throws an [IllegalArgumentException] that says what was
/// expected and what was found, except of a secret.
final class SettingValues {
  /// Says that there is none.
  static final String NONE = "none";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  private static final Pattern BYTES = Pattern.compile("(\\d{1,9})(Ki|Mi|Gi)");

  private SettingValues() {}

  /// Names of namespaces parted by commas, or `*`.
  static Set<Scope> scopes(String text) {
    Set<Scope> scopes = new LinkedHashSet<>();
    for (String name : text.split(",", -1)) {
      if (!name.isBlank()) {
        scopes.add(new Scope(name.strip()));
      }
    }
    if (scopes.contains(Scope.ALL) && scopes.size() > 1) {
      throw new IllegalArgumentException(
          "expected names of namespaces or *, found both: \"" + text + '"');
    }
    return scopes;
  }

  /// `host:port`, `[v6]:port` or `:port`, or none at all.
  static List<InetSocketAddress> listener(String text) {
    if (text.equals(NONE)) {
      return List.of();
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    String port = text.substring(colon + 1);
    boolean ambiguous = host.contains(":") && !host.startsWith("[");
    if (colon < 0 || ambiguous || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      throw new IllegalArgumentException(
          "expected host:port such as 0.0.0.0:9090, or none, found \"" + text + '"');
    }
    InetSocketAddress address =
        host.isEmpty()
            ? new InetSocketAddress(Integer.parseInt(port))
            : new InetSocketAddress(host, Integer.parseInt(port));
    if (address.isUnresolved()) {
      throw new IllegalArgumentException("no such host: \"" + host + '"');
    }
    return List.of(address);
  }

  /// A whole number of `ms`, `s`, `m` or `h`.
  static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "expected a duration such as 500ms, 30s or 2m, found \"" + text + '"');
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }

  /// 0 or nothing of the kind asks for no more; any number else, as with the servos before us,
  /// does.
  static Logging.Verbosity verbosity(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.matches("0+|false|no|off")) {
      return Logging.Verbosity.INFO;
    }
    if (word.matches("\\d+|true|yes|on")) {
      return Logging.Verbosity.DEBUG;
    }
    throw new IllegalArgumentException("expected 0 or 1, found \"" + text + '"');
  }

  /// A whole number of `Ki`, `Mi` or `Gi`, in bytes.
  static Long bytes(String text) {
    Matcher matcher = BYTES.matcher(text);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
      throw new IllegalArgumentException(
          "expected a size such as 500Mi or 2Gi, found \"" + text + '"');
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "Ki" -> number << 10;
      case "Mi" -> number << 20;
      default -> number << 30;
    };
  }

  /// The name of a Lease, or none at all.
  static List<LeaseName> lease(String text) {
    return text.equals(NONE) ? List.of() : List.of(LeaseName.parse(text));
  }

  /// `true` or `false`, and what is usual for them.
  static Boolean truth(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    if (word.matches("true|yes|on|1")) {
      return true;
    }
    if (word.matches("false|no|off|0")) {
      return false;
    }
    throw new IllegalArgumentException("expected true or false, found \"" + text + '"');
  }

  /// One of `kind`, by its word, in whatever case.
  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> kind) {
    return text -> {
      for (E value : kind.getEnumConstants()) {
        if (value.toString().equalsIgnoreCase(text)) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          "expected " + words(kind.getEnumConstants()) + ", found \"" + text + '"');
    };
  }

  private static String words(Enum<?>[] values) {
    List<String> words =
        Arrays.stream(values).map(value -> value.toString().toLowerCase(Locale.ROOT)).toList();
    return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
  }

  static AuthToken token(String text) {
    return text.isEmpty() ? AuthToken.NONE : AuthToken.of(text);
  }
}
