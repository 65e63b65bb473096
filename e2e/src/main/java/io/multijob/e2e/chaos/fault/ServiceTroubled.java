package io.multijob.e2e.chaos.fault;

import io.multijob.e2e.chaos.ledger.CourseRecord;
import io.multijob.e2e.chaos.ledger.Disturbance;
import io.multijob.e2e.chaos.service.Mood;
import io.multijob.e2e.chaos.service.TrialService;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;

/// The service is away, slow, too busy, out of order or out of its mind.
public final class ServiceTroubled implements Fault {
  private final TrialService service;
  private final CourseRecord course;
  private final InstantSource clock;

  public ServiceTroubled(TrialService service, CourseRecord course, InstantSource clock) {
    this.service = service;
    this.course = course;
    this.clock = clock;
  }

  @Override
  public void strike(SplittableRandom random) throws InterruptedException {
    Instant from = clock.instant();
    Mood mood = draw(random);
    service.be(mood);
    Thread.sleep(Duration.ofMillis(random.nextInt(200, 5_000)));
    service.be(new Mood.Well());
    Duration after = mood instanceof Mood.Slow(Duration delay) ? delay : Duration.ZERO;
    course.disturbed(new Disturbance(from, clock.instant().plus(after)));
  }

  private static Mood draw(SplittableRandom random) {
    return switch (random.nextInt(7)) {
      case 0 -> new Mood.Away();
      case 1 -> new Mood.Slow(Duration.ofMillis(random.nextInt(500, 20_000)));
      case 2 -> new Mood.Failing();
      case 3 -> new Mood.Forgetful();
      case 4 -> new Mood.Busy(Duration.ofSeconds(random.nextInt(1, 4)));
      case 5 -> new Mood.Mumbling();
      default -> new Mood.Raving();
    };
  }
}
