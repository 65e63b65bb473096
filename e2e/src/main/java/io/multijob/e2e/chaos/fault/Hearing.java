package io.multijob.e2e.chaos.fault;

import io.multijob.e2e.chaos.fault.TrialServo.Condition;
import io.multijob.e2e.chaos.ledger.CourseRecord;
import io.multijob.e2e.chaos.ledger.Deafness;
import io.multijob.e2e.chaos.ledger.Deafness.Kind;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.OptionalDouble;

/// Takes down from when to when the servo hears nothing of the API server. Thread-safe.
public final class Hearing {
  private static final Duration AGAIN = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(50);

  private final TrialServo servo;
  private final CourseRecord course;
  private final InstantSource clock;

  public Hearing(TrialServo servo, CourseRecord course, InstantSource clock) {
    this.servo = servo;
    this.course = course;
    this.clock = clock;
  }

  /// Cuts the servo off and lets it hear again.
  interface Cut {

    void begin() throws IOException, InterruptedException;

    void end() throws IOException, InterruptedException;
  }

  /// Cuts, and waits after that until the servo watches again, or until another one does in its
  /// place, which lists anew.
  ///
  /// @throws IOException if it does not for minutes
  void without(Kind kind, Cut cut) throws IOException, InterruptedException {
    Deafness deafness = course.hearsNothing(kind, clock.instant());
    cut.begin();
    // Whatever it begins from now on, it begins after the end of the cut.
    int number = servo.number();
    double before = begun(number);
    cut.end();
    long end = System.nanoTime() + AGAIN.toNanos();
    while (isDeaf(number, before)) {
      if (System.nanoTime() > end) {
        throw new IOException("servo %d did not watch again within %s".formatted(number, AGAIN));
      }
      Thread.sleep(LOOK);
    }
    course.hearsAgain(deafness, clock.instant());
  }

  /// How many watches that one has begun; none if it is down.
  private double begun(int number) throws InterruptedException {
    OptionalDouble begun = servo.watchesBegun();
    while (begun.isEmpty() && isStanding(number)) {
      Thread.sleep(LOOK);
      begun = servo.watchesBegun();
    }
    return begun.orElse(0);
  }

  private boolean isDeaf(int number, double before) throws InterruptedException {
    return isStanding(number) && !(servo.watchesBegun().orElse(0) > before);
  }

  /// Whether that one was not killed. Another lists after the cut.
  private boolean isStanding(int number) {
    return servo.number() == number && servo.condition() != Condition.DOWN;
  }
}
