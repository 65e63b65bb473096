package io.multijob.servo.adjustment;

/// What becomes of settings that fit a pod.
public enum Mode {
  APPLY("apply"),
  /// The pod is left as it is; a note on it says what it would have been set to.
  DRY_RUN("dry-run");

  private final String word;

  Mode(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
