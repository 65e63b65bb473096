package io.multijob.servo.observe;

import java.util.Optional;
import java.util.function.Supplier;

/// Something that is in order or not.
///
/// @param name as a person sees it
/// @param problem what is wrong, when it is asked; empty if nothing is
/// @param note what is said while nothing is wrong
public record Check(String name, Supplier<Optional<String>> problem, Supplier<String> note) {

  public Check(String name, Supplier<Optional<String>> problem) {
    this(name, problem, () -> "ok");
  }

  /// One that is always in order, and says something to a person.
  public static Check note(String name, Supplier<String> note) {
    return new Check(name, Optional::empty, note);
  }

  /// One that is told true or false.
  public static Check of(String name, Supplier<Boolean> inOrder, String otherwise) {
    return new Check(name, () -> inOrder.get() ? Optional.empty() : Optional.of(otherwise));
  }
}
