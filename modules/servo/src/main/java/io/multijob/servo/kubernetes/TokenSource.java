package io.multijob.servo.kubernetes;

import java.io.IOException;

/// Where the bearer token comes from. It is asked for each request: tokens expire, and are replaced
/// where they came from.
@FunctionalInterface
interface TokenSource {
  /// For an API server that asks for none.
  TokenSource NONE = () -> "";

  /// The token; empty for none.
  String token() throws IOException;
}
