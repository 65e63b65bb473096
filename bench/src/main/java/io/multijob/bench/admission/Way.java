package io.multijob.bench.admission;

/// How admission changes a pod.
enum Way {
  /// Not at all.
  NONE("none"),
  /// By the servo, which asks the service before each start.
  WEBHOOK("webhook"),
  /// By the API server, with the settings of a thousand apps at hand.
  POLICY("policy"),
  /// By the API server, and then by the servo.
  BOTH("both");

  private final String word;

  Way(String word) {
    this.word = word;
  }

  /// As the setting `ADMISSION` names it.
  String word() {
    return word;
  }

  boolean byWebhook() {
    return this == WEBHOOK || this == BOTH;
  }

  boolean byPolicy() {
    return this == POLICY || this == BOTH;
  }
}
