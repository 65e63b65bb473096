package io.multijob.protocol;

/// What a [Metric] is counted in.
public enum Unit {
  SECONDS("s"),
  PER_SECOND("1/s"),
  BYTES("bytes");

  private final String wire;

  Unit(String wire) {
    this.wire = wire;
  }

  /// The unit as it is written in JSON.
  public String wire() {
    return wire;
  }
}
