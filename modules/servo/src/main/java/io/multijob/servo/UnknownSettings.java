package io.multijob.servo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Variables that look like settings of ours and are none: most likely a slip of the pen.
final class UnknownSettings {
  private static final Pattern OURS = Pattern.compile("(OPTUNE|SERVO)_.*");

  /// What other parts of this project read.
  private static final Pattern OTHER_PARTS =
      Pattern.compile(
          "OPTUNE_(LISTEN|STATE_DIR|SELF_ID|CGROUP_PATH|CONTAINERS)|SERVO_(HEAP|JAVA_OPTIONS)");

  /// What Kubernetes sets in a pod for each Service of its namespace
  /// ([documentation](https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables)).
  private static final Pattern SERVICES =
      Pattern.compile(".*_SERVICE_(HOST|PORT(_.*)?)|.*_PORT(_\\d+_(TCP|UDP|SCTP)(_[A-Z]+)?)?");

  /// So many letters may be wrong in a name that does not begin like one of ours.
  private static final int SLIPS = 2;

  /// So many in one that does.
  private static final int SLIPS_OF_OURS = 4;

  private UnknownSettings() {}

  /// A sentence for each, sorted by name.
  static List<String> in(Map<String, String> environment) {
    List<String> warnings = new ArrayList<>();
    for (String name : new TreeSet<>(environment.keySet())) {
      if (known(name) || OTHER_PARTS.matcher(name).matches() || SERVICES.matcher(name).matches()) {
        continue;
      }
      boolean ours = OURS.matcher(name).matches();
      Optional<String> meant = closest(name, ours ? SLIPS_OF_OURS : SLIPS);
      if (ours || meant.isPresent()) {
        warnings.add(
            name
                + " is no setting"
                + meant.map(other -> ", did you mean " + other + "?").orElse(""));
      }
    }
    return warnings;
  }

  private static boolean known(String name) {
    return Arrays.stream(Setting.values()).anyMatch(setting -> setting.name().equals(name));
  }

  private static Optional<String> closest(String name, int slips) {
    return Arrays.stream(Setting.values())
        .map(Setting::name)
        .filter(other -> distance(name, other) <= slips)
        .min(Comparator.comparingInt(other -> distance(name, other)));
  }

  /// How many letters have to be added, left out or changed (the Levenshtein distance).
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int changed = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(changed, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
