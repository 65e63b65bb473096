package io.multijob.e2e.chaos.fault;

import io.multijob.e2e.chaos.ledger.Deafness.Kind;
import io.multijob.e2e.cluster.Machines;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/// The API server is killed with -9 and started again.
public final class ApiServerKilled implements Fault {
  private static final String COMPONENT = "apiserver";

  private final Machines machines;
  private final Hearing hearing;

  public ApiServerKilled(Machines machines, Hearing hearing) {
    this.machines = machines;
    this.hearing = hearing;
  }

  @Override
  public void strike(SplittableRandom random) throws IOException, InterruptedException {
    Duration away = Duration.ofMillis(random.nextInt(2_000));
    hearing.without(
        Kind.FORGOTTEN,
        new Hearing.Cut() {
          @Override
          public void begin() throws IOException, InterruptedException {
            machines.stop(COMPONENT);
          }

          @Override
          public void end() throws IOException, InterruptedException {
            Thread.sleep(away);
            machines.start(COMPONENT);
          }
        });
  }
}
