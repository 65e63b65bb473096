package io.multijob.protocol;

/// What the service answers to an event that it took.
public sealed interface Answer {

  /// It asks for something.
  record Commanded(Command command) implements Answer {}

  /// It asks for nothing.
  record Done() implements Answer {}
}
