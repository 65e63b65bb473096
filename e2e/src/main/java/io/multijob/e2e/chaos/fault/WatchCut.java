package io.multijob.e2e.chaos.fault;

import io.multijob.e2e.chaos.ledger.Deafness.Kind;
import io.multijob.e2e.chaos.wire.Relay;
import io.multijob.e2e.chaos.wire.Relay.Manner;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/// The servo's connections to the API server are reset, and no new ones come about for a while, or
/// ones that carry rubbish.
public final class WatchCut implements Fault {
  private final Relay relay;
  private final Hearing hearing;

  /// @param relay between the two
  public WatchCut(Relay relay, Hearing hearing) {
    this.relay = relay;
    this.hearing = hearing;
  }

  @Override
  public void strike(SplittableRandom random) throws IOException, InterruptedException {
    Manner manner = random.nextInt(4) == 0 ? Manner.RUBBISH : Manner.REFUSE;
    Duration away = Duration.ofMillis(random.nextInt(random.nextBoolean() ? 100 : 3_000));
    hearing.without(
        Kind.LATE,
        new Hearing.Cut() {
          @Override
          public void begin() {
            relay.treat(manner);
            relay.cut();
          }

          @Override
          public void end() throws InterruptedException {
            Thread.sleep(away);
            relay.treat(Manner.CARRY);
          }
        });
  }
}
