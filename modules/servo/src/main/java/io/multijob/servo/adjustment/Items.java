package io.multijob.servo.adjustment;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// The text form of values of [Item]s: `main:limits.cpu=1500m main:env.WORKERS=4`.
final class Items {

  private Items() {}

  /// The values that `text` gives, in its order; a value may be empty.
  ///
  /// @throws IllegalArgumentException if a part of it is not of the form, or names an item twice
  static SequencedMap<Item, String> parse(String text) {
    var items = new LinkedHashMap<Item, String>();
    for (String part : text.split("\\s+", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      Optional<Item> item = equals < 0 ? Optional.empty() : Item.parse(part.substring(0, equals));
      if (item.isEmpty()) {
        throw new IllegalArgumentException(
            "expected a setting such as main:limits.cpu=1500m, found '" + part + "'");
      }
      if (items.put(item.get(), part.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("a second value for " + item.get());
      }
    }
    return items;
  }

  static String write(Map<Item, String> items) {
    return items.entrySet().stream()
        .map(item -> item.getKey() + "=" + item.getValue())
        .collect(Collectors.joining(" "));
  }
}
