package io.multijob.servo.certificate;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to it that a shelf has a key set that is good for the names and for now. Where several of
/// us make one at once, all take the one that was kept first.
///
/// Used by one thread.
final class KeyKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(KeyKeeper.class);

  private static final int ATTEMPTS = 5;
  private static final int STEPS = 5;

  private final Shelf shelf;
  private final Renewal renewal;
  private final Issuer issuer;
  private final InstantSource clock;

  KeyKeeper(Shelf shelf, Lifetimes lifetimes, InstantSource clock) {
    this.shelf = shelf;
    this.renewal = new Renewal(lifetimes);
    this.issuer = new Issuer(lifetimes);
    this.clock = clock;
  }

  /// The keys to use, after whatever renewal is due.
  ///
  /// @param names what the leaf is to be good for; none to leave it as it is: at most one
  /// @throws IOException if they can be neither read nor made
  KeySet keys(Optional<ServerNames> names) throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Shelf.Kept kept = shelf.read();
      KeySet keys = renewed(kept.keys(), names);
      boolean unchanged = kept.keys().filter(keys::equals).isPresent();
      if (unchanged || shelf.write(keys, kept.version())) {
        return keys;
      }
      LOG.atDebug().log("Another servo has kept keys meanwhile");
    }
    throw new IOException(shelf + " is written by another each time that we want to");
  }

  private KeySet renewed(Optional<KeySet> kept, Optional<ServerNames> names) throws IOException {
    Instant now = clock.instant();
    ServerNames wanted =
        names
            .or(() -> kept.map(keys -> ServerNames.of(keys.leaf().certificate())))
            .orElse(ServerNames.LOOPBACK);
    Optional<KeySet> keys = kept;
    for (int steps = 0; steps < STEPS; steps++) {
      Renewal.Step step = renewal.next(keys, wanted, now);
      if (step == Renewal.Step.KEEP) {
        return keys.orElseThrow();
      }
      LOG.atInfo().addKeyValue("step", step).addKeyValue("names", wanted).log("Renewing keys");
      keys = Optional.of(done(step, keys, wanted, now));
    }
    throw new IllegalStateException("keys for " + wanted + " are never as they should be");
  }

  private KeySet done(Renewal.Step step, Optional<KeySet> keys, ServerNames names, Instant now)
      throws IOException {
    return switch (step) {
      case KEEP -> keys.orElseThrow();
      case BEGIN -> begin(names, now);
      case ADD_AUTHORITY -> keys.orElseThrow().withAuthority(issuer.authority(now));
      case RENEW_LEAF ->
          keys.orElseThrow().with(issuer.leaf(keys.orElseThrow().authority(), names, now));
      case FORGET_RETIRING -> keys.orElseThrow().withoutRetiring();
    };
  }

  private KeySet begin(ServerNames names, Instant now) throws IOException {
    CertifiedKey authority = issuer.authority(now);
    return new KeySet(issuer.leaf(authority, names, now), authority, List.of());
  }
}
