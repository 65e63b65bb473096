package io.multijob.e2e;

import static java.util.Collections.unmodifiableSequencedMap;

import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Fields of one object in YAML, each whole: `name: value`, on one line or on several.
///
/// @param byName the fields by their names, in their order
record YamlFields(SequencedMap<String, String> byName) {

  YamlFields {
    byName = unmodifiableSequencedMap(new LinkedHashMap<>(byName));
  }

  static YamlFields of(String... fields) {
    return new YamlFields(new LinkedHashMap<>()).with(fields);
  }

  /// These and the given ones, each of which replaces one of its name.
  YamlFields with(String... fields) {
    SequencedMap<String, String> more = new LinkedHashMap<>(byName);
    for (String field : fields) {
      more.put(field.substring(0, field.indexOf(':')), field);
    }
    return new YamlFields(more);
  }

  /// A line or more for each.
  String yaml() {
    StringBuilder lines = new StringBuilder();
    byName.values().forEach(field -> lines.append(field.stripTrailing()).append('\n'));
    return lines.toString();
  }

  /// All on one line, within braces.
  String inline() {
    return "{" + String.join(", ", byName.values()) + "}";
  }
}
