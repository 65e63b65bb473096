package io.multijob.servo.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/// What is to change in the annotations of a namespace, so that all of them stay within a bound.
/// Where there is no room, the settings of the apps that were told of longest ago go; those of
/// which nobody was told since the start go first.
///
/// @param changes the new value of each annotation that changes; empty to take it away
/// @param oldest which settings go for lack of room
/// @param refused what was wanted and has no room all the same
record AnnotationPlan(Map<String, String> changes, List<String> oldest, List<String> refused) {

  /// @param present what the namespace has
  /// @param wanted by name; empty to take away
  /// @param told the settings that we were told of, those of longest ago first
  /// @param bound in bytes, of names and values together
  static AnnotationPlan of(
      Map<String, String> present,
      Map<String, String> wanted,
      SequencedSet<String> told,
      int bound) {
    Map<String, String> after = new LinkedHashMap<>(present);
    wanted.forEach((name, value) -> set(after, name, value));
    List<String> oldest = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    long excess = size(after) - bound;
    for (String name : byAge(present, wanted, told)) {
      if (excess <= 0) {
        break;
      }
      excess -= take(after, name);
      oldest.add(name);
    }
    for (String name : wanted.keySet()) {
      if (excess <= 0) {
        break;
      }
      long taken = take(after, name);
      if (taken > 0) {
        excess -= taken;
        refused.add(name);
      }
    }
    return new AnnotationPlan(difference(present, after), oldest, refused);
  }

  private static void set(Map<String, String> annotations, String name, String value) {
    if (value.isEmpty()) {
      annotations.remove(name);
    } else {
      annotations.put(name, value);
    }
  }

  /// How many bytes that frees.
  private static long take(Map<String, String> annotations, String name) {
    String value = annotations.remove(name);
    return value == null ? 0 : size(name, value);
  }

  /// What can go.
  private static SequencedSet<String> byAge(
      Map<String, String> present, Map<String, String> wanted, SequencedSet<String> told) {
    SequencedSet<String> names = new LinkedHashSet<>();
    present.keySet().stream()
        .filter(name -> name.startsWith(PolicyNotes.SETTINGS_PREFIX) && !told.contains(name))
        .sorted()
        .forEach(names::add);
    told.stream().filter(present::containsKey).forEach(names::add);
    names.removeAll(wanted.keySet());
    return names;
  }

  private static Map<String, String> difference(
      Map<String, String> before, Map<String, String> after) {
    Map<String, String> changes = new LinkedHashMap<>();
    after.forEach((name, value) -> {
      if (!value.equals(before.get(name))) {
        changes.put(name, value);
      }
    });
    before.keySet().stream()
        .filter(name -> !after.containsKey(name))
        .forEach(name -> changes.put(name, ""));
    return changes;
  }

  private static long size(Map<String, String> annotations) {
    return annotations.entrySet().stream()
        .mapToLong(each -> size(each.getKey(), each.getValue()))
        .sum();
  }

  private static long size(String name, String value) {
    return (long) name.getBytes(UTF_8).length + value.getBytes(UTF_8).length;
  }
}
