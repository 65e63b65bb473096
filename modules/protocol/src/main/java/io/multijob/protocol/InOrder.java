package io.multijob.protocol;

import static java.util.Collections.unmodifiableSequencedMap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// Immutable copies that, unlike [Map#copyOf], keep the order of what they copy: so a document is
/// written as it was read.
final class InOrder {

  private InOrder() {}

  static <V> SequencedMap<String, V> copyOf(Map<String, V> map) {
    return unmodifiableSequencedMap(new LinkedHashMap<>(map));
  }

  static <V> SequencedMap<String, Map<String, V>> copyOfNested(Map<String, Map<String, V>> map) {
    var copy = new LinkedHashMap<String, Map<String, V>>();
    map.forEach((name, inner) -> copy.put(name, copyOf(inner)));
    return unmodifiableSequencedMap(copy);
  }
}
