package io.multijob.servo;

import io.multijob.http.TlsIdentity;
import java.util.Optional;
import java.util.function.Supplier;

/// Stands for a certificate at an address that is taken already while who has it is still being
/// made: until then no handshake succeeds.
///
/// Thread-safe.
final class LateIdentity implements Supplier<Optional<TlsIdentity>> {
  private volatile Supplier<Optional<TlsIdentity>> identity = Optional::empty;

  void become(Supplier<Optional<TlsIdentity>> other) {
    identity = other;
  }

  @Override
  public Optional<TlsIdentity> get() {
    return identity.get();
  }
}
