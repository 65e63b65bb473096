package io.multijob.protocol;

/// The kinds of [Event], named as in JSON.
enum EventName {
  HELLO,
  WHATS_NEXT,
  DESCRIPTION,
  ADJUSTMENT,
  MEASUREMENT,
  DIAG,
  GOODBYE;

  static EventName of(Event event) {
    return switch (event) {
      case Hello _ -> HELLO;
      case WhatsNext _ -> WHATS_NEXT;
      case Description _ -> DESCRIPTION;
      case Adjustment _ -> ADJUSTMENT;
      case Measurement _ -> MEASUREMENT;
      case Diag _ -> DIAG;
      case Goodbye _ -> GOODBYE;
    };
  }
}
