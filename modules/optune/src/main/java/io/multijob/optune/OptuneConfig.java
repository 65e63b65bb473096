package io.multijob.optune;

import io.multijob.optune.access.Access;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// The service's settings.
///
/// @param listen where to listen; port 0 takes any that is free
/// @param stateDirectory where the runs are kept
/// @param access who is let in
public record OptuneConfig(InetSocketAddress listen, Path stateDirectory, Access access) {
  private static final String LISTEN = "OPTUNE_LISTEN";
  private static final String STATE_DIR = "OPTUNE_STATE_DIR";
  private static final String AUTH_TOKEN = "OPTUNE_AUTH_TOKEN";

  private static final String DEFAULT_LISTEN = "127.0.0.1:8090";
  private static final String DEFAULT_STATE_DIR = "/var/lib/optune";

  /// Reads the settings from the environment's variables; one that is unset or blank has its
  /// default.
  ///
  /// | variable | default | |
  /// |---|---|---|
  /// | `OPTUNE_LISTEN` | `127.0.0.1:8090` | `host:port`, `[v6]:port` or `:port` for every interface |
  /// | `OPTUNE_STATE_DIR` | `/var/lib/optune` | the directory of the runs |
  /// | `OPTUNE_AUTH_TOKEN` | none | who asks must know it |
  ///
  /// @throws ConfigurationException if any of them cannot be used
  public static OptuneConfig from(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Optional<InetSocketAddress> listen =
        address(value(environment, LISTEN).orElse(DEFAULT_LISTEN), problems);
    Optional<Path> stateDirectory =
        path(value(environment, STATE_DIR).orElse(DEFAULT_STATE_DIR), problems);
    Optional<Access> access =
        value(environment, AUTH_TOKEN)
            .map(token -> access(token, problems))
            .orElse(Optional.of(new Access.Open()));
    if (listen.isEmpty() || stateDirectory.isEmpty() || access.isEmpty()) {
      throw new ConfigurationException(problems);
    }
    return new OptuneConfig(listen.get(), stateDirectory.get(), access.get());
  }

  /// Variables that look like misspelt ones of ours: one line for each, with the name that was
  /// perhaps meant. What Kubernetes sets for a Service named `optune` is none of them.
  public static List<String> misspelt(Map<String, String> environment) {
    List<String> lines = new ArrayList<>();
    for (String name : new TreeSet<>(environment.keySet())) {
      for (String known : List.of(LISTEN, STATE_DIR, AUTH_TOKEN)) {
        if (!name.equals(known) && distance(name, known) <= 2) {
          lines.add(name + ": unknown, did you mean " + known + "?");
        }
      }
    }
    return lines;
  }

  /// How many letters must be put in, taken out or changed to make one of the other (Levenshtein).
  private static int distance(String one, String other) {
    int[] row = IntStream.rangeClosed(0, other.length()).toArray();
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static Optional<InetSocketAddress> address(String text, List<String> problems) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    Optional<Integer> port = colon < 0 ? Optional.empty() : port(text.substring(colon + 1));
    boolean ambiguous = host.contains(":") && !host.startsWith("[");
    if (port.isEmpty() || ambiguous) {
      problems.add(
          LISTEN + ": expected host:port such as " + DEFAULT_LISTEN + ", found \"" + text + '"');
      return Optional.empty();
    }
    InetSocketAddress address =
        host.isEmpty()
            ? new InetSocketAddress(port.get())
            : new InetSocketAddress(host, port.get());
    if (address.isUnresolved()) {
      problems.add(LISTEN + ": no such host: \"" + host + '"');
      return Optional.empty();
    }
    return Optional.of(address);
  }

  private static Optional<Integer> port(String text) {
    return text.matches("\\d{1,5}")
        ? Optional.of(Integer.valueOf(text)).filter(port -> port <= 65_535)
        : Optional.empty();
  }

  private static Optional<Path> path(String text, List<String> problems) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      problems.add(STATE_DIR + ": not a path: " + e.getReason());
      return Optional.empty();
    }
  }

  private static Optional<Access> access(String token, List<String> problems) {
    if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      problems.add(AUTH_TOKEN + ": expected printable ASCII without spaces"); // never the value
      return Optional.empty();
    }
    return Optional.of(new Access.Token(token));
  }
}
