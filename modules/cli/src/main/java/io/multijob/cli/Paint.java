package io.multijob.cli;

import java.io.Console;
import java.util.Optional;

/// Colours for a terminal, and none for a file.
enum Paint {
  PLAIN,
  COLOURED;

  /// Coloured where standard output is a terminal and nobody asked otherwise
  /// (https://no-color.org).
  static Paint ofThisTerminal() {
    boolean terminal =
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return terminal && System.getenv("NO_COLOR") == null ? COLOURED : PLAIN;
  }

  String good(String text) {
    return in("32", text);
  }

  String bad(String text) {
    return in("31", text);
  }

  String dim(String text) {
    return in("2", text);
  }

  String bold(String text) {
    return in("1", text);
  }

  private String in(String code, String text) {
    return this == PLAIN ? text : "\033[" + code + "m" + text + "\033[0m";
  }
}
