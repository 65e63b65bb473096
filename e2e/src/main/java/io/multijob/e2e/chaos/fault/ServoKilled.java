package io.multijob.e2e.chaos.fault;

import io.multijob.e2e.chaos.ledger.Rules.State;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;

/// The servo is killed with -9, at any moment, and started again sooner or later; now and then it
/// is killed again while it starts.
public final class ServoKilled implements Fault {
  private final TrialServo servo;
  private final State state;

  /// @param state what becomes of its disk
  public ServoKilled(TrialServo servo, State state) {
    this.servo = servo;
    this.state = state;
  }

  @Override
  public void strike(SplittableRandom random) throws IOException, InterruptedException {
    replace(random);
    while (random.nextInt(6) == 0) {
      Thread.sleep(Duration.ofMillis(random.nextInt(2_000)));
      replace(random);
    }
    servo.awaitReady();
  }

  private void replace(SplittableRandom random) throws IOException, InterruptedException {
    servo.kill();
    if (state == State.EMPTIED) {
      servo.emptyState();
    }
    Thread.sleep(Duration.ofMillis(random.nextInt(random.nextInt(3) == 0 ? 4_000 : 400)));
    servo.startAgain();
  }
}
