package io.multijob.servo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Variables that look like settings of ours and are none: most likely a slip of the pen.
final class UnknownSettings {
  private static final List<String> OURS =
      List.of("OPTUNE_", "SERVO_", "POD_NAMESPACE", "STATS_", "METRICS_");

  /// What other parts of the project read, and what Kubernetes sets for a Service of that name.
  private static final String ELSEWHERE =
      "OPTUNE_(LISTEN|STATE_DIR|SELF_ID|CGROUP_PATH|SLEEPER_IMG|SERVICE_.*|PORT|PORT_.*)"
          + "|SERVO_(HEAP|JAVA_OPTIONS|SERVICE_.*|PORT|PORT_.*)";

  private static final int CLOSE = 4;

  private UnknownSettings() {}

  /// A sentence for each.
  static List<String> in(Map<String, String> environment) {
    List<String> warnings = new ArrayList<>();
    for (String name : new TreeMap<>(environment).keySet()) {
      boolean looksLikeOurs = OURS.stream().anyMatch(name::startsWith);
      boolean known = Stream.of(Setting.values()).anyMatch(each -> each.name().equals(name));
      if (looksLikeOurs && !known && !name.matches(ELSEWHERE)) {
        warnings.add(
            name
                + " is no setting"
                + closest(name).map(other -> ", did you mean " + other + "?").orElse(""));
      }
    }
    return warnings;
  }

  private static Optional<String> closest(String name) {
    return Stream.of(Setting.values())
        .map(Setting::name)
        .filter(other -> distance(name, other) <= CLOSE)
        .min(Comparator.comparingInt(other -> distance(name, other)));
  }

  /// How many letters have to be added, left out or changed.
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
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
