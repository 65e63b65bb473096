package io.multijob.e2e.node;

/// A control file of lines `KEY VALUE`.
final class FlatFile {
  private FlatFile() {}

  /// The value of `key` in `text`.
  static long value(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(key + " "))
        .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1).strip()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + key + " in: " + text));
  }
}
