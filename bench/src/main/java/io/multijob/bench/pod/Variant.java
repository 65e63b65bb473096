package io.multijob.bench.pod;

/// How a pod's figures come to the servo.
public enum Variant {
  /// Not at all: the pod has no podmon.
  PLAIN("without podmon"),
  /// By podmon's termination message, in the status that tells of the end.
  MESSAGE("with podmon's message"),
  /// By podmon's POST, 50 ms after the status that tells of the end, as the original's does.
  POSTED("with podmon's post");

  private final String words;

  Variant(String words) {
    this.words = words;
  }

  /// As it is read behind "pods".
  public String words() {
    return words;
  }
}
