package io.multijob.cgroup;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// A cgroup file in the kernel's "flat keyed" format, such as `cpu.stat`: one `KEY VALUE` pair on
/// each line, every value a whole number.
///
/// @param file the name to use in error messages
record FlatKeyed(String file, Map<String, Long> values) {

  FlatKeyed {
    values = Map.copyOf(values);
  }

  static FlatKeyed parse(String file, List<String> lines) {
    Map<String, Long> values = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int space = line.indexOf(' ');
      if (space <= 0) {
        throw new CgroupFormatException(file, i + 1, "expected KEY VALUE, found '" + line + "'");
      }
      String key = line.substring(0, space);
      if (values.put(key, parseValue(file, i + 1, key, line.substring(space + 1))) != null) {
        throw new CgroupFormatException(file, i + 1, "a second value for " + key);
      }
    }
    return new FlatKeyed(file, values);
  }

  /// The value of `key`.
  ///
  /// @throws CgroupFormatException if the file has no such key
  long require(String key) {
    Long value = values.get(key);
    if (value == null) {
      throw new CgroupFormatException(file, "no value for " + key);
    }
    return value;
  }

  /// The value of `key`, or empty where this kernel, or a group without the controller, has none.
  OptionalLong find(String key) {
    Long value = values.get(key);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static long parseValue(String file, int line, String key, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new CgroupFormatException(
          file, line, key + " should be a whole number, found '" + text + "'");
    }
  }
}
