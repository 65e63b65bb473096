package io.multijob.servo.adjustment;

/// Which amounts of a container an ADJUST sets.
public enum Target {
  /// What the container has of the two, in its own ratio, the value being the limit where it has
  /// one. The pod keeps its quality of service class.
  AUTO("auto"),
  /// The limit; a request above it is lowered to it.
  LIMITS("limits"),
  /// The request; a limit under it is raised to it.
  REQUESTS("requests"),
  /// Both, to the same.
  BOTH("both");

  private final String word;

  Target(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
