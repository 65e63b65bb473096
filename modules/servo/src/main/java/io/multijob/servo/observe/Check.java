package io.multijob.servo.observe;

import java.util.Optional;
import java.util.function.Supplier;

/// Something that is in order or not.
///
/// @param name as a person sees it
/// @param problem what is wrong, when it is asked; empty if nothing is
public record Check(String name, Supplier<Optional<String>> problem) {

  /// One that is told true or false.
  public static Check of(String name, Supplier<Boolean> inOrder, String otherwise) {
    return new Check(name, () -> inOrder.get() ? Optional.empty() : Optional.of(otherwise));
  }
}
