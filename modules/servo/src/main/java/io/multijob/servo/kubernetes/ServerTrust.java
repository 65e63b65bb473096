package io.multijob.servo.kubernetes;

/// Whom we take for the server that we mean to talk to.
public enum ServerTrust {
  /// One that the access's authorities vouch for.
  AUTHORITIES,
  /// Whoever answers at its address, and gets our token.
  ANYONE
}
