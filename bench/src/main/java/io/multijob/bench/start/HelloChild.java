package io.multijob.bench.start;

import io.multijob.bench.child.ChildJvm;

/// A JVM that says one word: no program in Java starts faster.
final class HelloChild {
  private HelloChild() {}

  /// The word.
  record Hello(String word) {}

  public static void main(String[] arguments) {
    ChildJvm.say(new Hello("hello"));
  }
}
