package io.multijob.sandbox.api.select;

import java.util.Optional;

/// A label's value read as a number.
final class WholeNumber {
  private WholeNumber() {}

  static Optional<Long> of(String text) {
    try {
      return Optional.of(Long.valueOf(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
