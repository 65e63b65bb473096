package io.multijob.sandbox.api.patch;

import java.util.Arrays;
import java.util.List;

/// A JSON Pointer.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6901">RFC 6901</a>
record Pointer(List<String> names) {

  Pointer {
    names = List.copyOf(names);
  }

  static Pointer parse(String text) {
    return new Pointer(
        Arrays.stream(text.split("/", -1))
            .skip(1)
            .map(name -> name.replace("~1", "/").replace("~0", "~"))
            .toList());
  }

  boolean isWhole() {
    return names.isEmpty();
  }

  List<String> parents() {
    return names.subList(0, names.size() - 1);
  }

  String last() {
    return names.getLast();
  }

  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }
}
