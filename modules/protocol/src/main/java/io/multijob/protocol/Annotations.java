package io.multijob.protocol;

import static java.util.Collections.unmodifiableSequencedMap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/// What is said of a run beside its metrics: the known ones of [Annotation] and any others.
///
/// @param values by their names in JSON; the known ones first, in the order of [Annotation], then
///   the others by name; that of [Annotation#EXITCODE] is a whole number
public record Annotations(Map<String, String> values) {
  public static final Annotations NONE = new Annotations(Map.of());

  public Annotations {
    String exitCode = values.get(Annotation.EXITCODE.wire());
    if (exitCode != null) {
      requireWholeNumber(exitCode);
    }
    values = inOrder(values);
  }

  public static Annotations of(Map<Annotation, String> known) {
    var values = new LinkedHashMap<String, String>();
    known.forEach((annotation, value) -> values.put(annotation.wire(), value));
    return new Annotations(values);
  }

  public Optional<String> get(Annotation annotation) {
    return Optional.ofNullable(values.get(annotation.wire()));
  }

  /// These and one more, which replaces one of that name.
  public Annotations with(Annotation annotation, String value) {
    var more = new LinkedHashMap<>(values);
    more.put(annotation.wire(), value);
    return new Annotations(more);
  }

  private static SequencedMap<String, String> inOrder(Map<String, String> values) {
    var others = new TreeMap<>(values);
    var ordered = new LinkedHashMap<String, String>();
    for (Annotation annotation : Annotation.values()) {
      String value = others.remove(annotation.wire());
      if (value != null) {
        ordered.put(annotation.wire(), value);
      }
    }
    ordered.putAll(others);
    return unmodifiableSequencedMap(ordered);
  }

  private static void requireWholeNumber(String exitCode) {
    try {
      Integer.parseInt(exitCode);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "exitcode should be a whole number, found '" + exitCode + "'", e);
    }
  }
}
