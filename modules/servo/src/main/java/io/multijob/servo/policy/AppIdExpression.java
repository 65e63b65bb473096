package io.multijob.servo.policy;

import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.PathAlternative;
import io.multijob.servo.pod.PathAlternative.Steps;
import io.multijob.servo.pod.PathElement;
import io.multijob.servo.pod.StableOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// An [AppIdPath] in the API server's expression language: of the pod `object`, the list of the app
/// ids that its alternatives lead to, in their order. The first is the pod's; without any it is not
/// one of ours.
///
/// Each step goes from a list of what was reached, one thing or none, to the next such list: so no
/// pod can make the expression fail, whatever its path leads to.
final class AppIdExpression {
  private static final String NOT_YET = "is not known yet when a pod is admitted";

  /// What the API server, the scheduler and the kubelet write later.
  private static final Map<List<String>, String> LATER =
      Map.ofEntries(
          Map.entry(List.of("status"), "a pod's status " + NOT_YET),
          Map.entry(List.of("spec", "nodeName"), "a pod's node " + NOT_YET),
          Map.entry(
              List.of("metadata", "name"),
              "the name of a pod that a controller makes " + NOT_YET + ": it is generated later"),
          Map.entry(List.of("metadata", "uid"), "a pod's uid " + NOT_YET),
          Map.entry(List.of("metadata", "creationTimestamp"), "the time of creation " + NOT_YET),
          Map.entry(List.of("metadata", "deletionTimestamp"), "the time of deletion " + NOT_YET),
          Map.entry(List.of("metadata", "generation"), "the generation " + NOT_YET),
          Map.entry(List.of("metadata", "resourceVersion"), "the version " + NOT_YET),
          Map.entry(List.of("metadata", "managedFields"), "who manages which field " + NOT_YET),
          Map.entry(List.of("metadata", "selfLink"), "a link to the pod " + NOT_YET));

  private static final long SECONDS_PER_MINUTE = 60;

  private AppIdExpression() {}

  /// @throws InexpressiblePathException if an alternative leads to what is not there yet
  static String of(AppIdPath path) {
    return path.alternatives().stream()
        .map(AppIdExpression::alternative)
        .collect(Collectors.joining("\n + "));
  }

  private static String alternative(PathAlternative alternative) {
    return switch (alternative) {
      case Steps steps -> steps(steps);
      case PathAlternative.OwnerName() -> owner();
    };
  }

  private static String steps(Steps steps) {
    refuseWhatComesLater(steps);
    StringBuilder expression = new StringBuilder("[object]");
    for (PathElement element : steps.elements()) {
      expression.append(
          switch (element) {
            case PathElement.Key key -> key(key);
            case PathElement.Search search -> search(search);
          });
    }
    return expression.append(".map(n, type(n) == string && n != '', string(n))").toString();
  }

  private static String key(PathElement.Key key) {
    String name = Cel.string(key.name());
    String inMap = "type(n) == map && %s in n".formatted(name);
    if (key.index().isEmpty()) {
      return "\n  .map(n, %s, n[%s])".formatted(inMap, name);
    }
    int index = key.index().getAsInt();
    return "\n  .map(n, type(n) == list ? size(n) > %d : %s, type(n) == list ? n[%d] : n[%s])"
        .formatted(index, inMap, index, name);
  }

  /// The first that bears the name counts, whether it has a value or not.
  private static String search(PathElement.Search search) {
    String nameKey = Cel.string(search.nameKey());
    String valueKey = Cel.string(search.valueKey());
    return """

      .map(n, type(n) == list, n.filter(e, type(e) == map && %s in e && e[%s] == %s))
      .map(n, size(n) > 0 && %s in n[0], n[0][%s])\
    """
        .formatted(nameKey, nameKey, Cel.string(search.name()), valueKey, valueKey);
  }

  private static void refuseWhatComesLater(Steps steps) {
    List<String> names = new ArrayList<>();
    for (PathElement element : steps.elements()) {
      if (!(element instanceof PathElement.Key key)) {
        return;
      }
      names.add(key.name());
      Optional.ofNullable(LATER.get(names))
          .ifPresent(why -> {
            throw new InexpressiblePathException(steps.toString(), key.toString(), why);
          });
    }
  }

  /// As [StableOwner] has it: by label, or else by the controller or the first that owns the pod.
  private static String owner() {
    return """
    object.metadata.?labels.optMap(labels, [%s]
      .map(m, labels[?m[0]].orValue('') != '', string(labels[m[0]] + (labels[?m[1]].orValue('') == '' ? '' : '.' + labels[m[1]])))).orValue([])
     + object.metadata.?ownerReferences.optMap(refs, (refs.filter(r, r.?controller.orValue(false)) + refs.filter(r, r.name != ''))
      .map(r, string(%s
        ? r.name.substring(0, r.name.lastIndexOf('-')) : r.name))).orValue([])\
    """
        .formatted(namingLabels(), hasTransientEnd());
  }

  private static String namingLabels() {
    return StableOwner.namingLabels().stream()
        .map(each -> Cel.strings(List.of(each.label(), each.part())))
        .collect(Collectors.joining(", "));
  }

  private static String hasTransientEnd() {
    return """
    r.kind == 'Job' && (%s || %s)
        || r.kind in %s && r.name.matches('^.+%s$')\
    """
        .formatted(
            endsInTime(8, StableOwner.FIRST_CRON_MINUTE, StableOwner.LAST_CRON_MINUTE),
            endsInTime(
                10,
                StableOwner.FIRST_CRON_MINUTE * SECONDS_PER_MINUTE,
                StableOwner.LAST_CRON_MINUTE * SECONDS_PER_MINUTE + SECONDS_PER_MINUTE - 1),
            Cel.strings(StableOwner.workflowKinds()),
            StableOwner.generatedEnd());
  }

  private static String endsInTime(int digits, long first, long last) {
    String time = "int(r.name.substring(r.name.lastIndexOf('-') + 1))";
    return "r.name.matches('^.+-[0-9]{%d}$') && %s >= %d && %s <= %d"
        .formatted(digits, time, first, time, last);
  }
}
