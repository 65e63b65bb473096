package io.multijob.e2e.chaos;

import io.multijob.e2e.chaos.fault.TrialServo;
import io.multijob.e2e.chaos.ledger.Ledger;
import io.multijob.e2e.chaos.ledger.Tally;
import io.multijob.e2e.chaos.pod.PodStream;
import io.multijob.e2e.chaos.service.Mood;
import io.multijob.e2e.chaos.service.TrialService;
import io.multijob.e2e.chaos.show.Backlog;
import io.multijob.e2e.chaos.show.Backlog.Footprint;
import io.multijob.e2e.chaos.show.Screen;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/// The service is away while runs end, and comes back to all of them at once. An hour of it is as
/// many runs as come in an hour: they are made as fast as the cluster takes them.
///
/// Used by one thread.
final class Absence {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration SHOW = Duration.ofSeconds(10);

  /// So long the servo may take to put on its disk what it has seen.
  private static final Duration STORED = Duration.ofMinutes(2);

  /// Longer than any pause that the servo makes after failures.
  private static final Duration DRAINED = Duration.ofMinutes(10);

  private final TrialServo servo;
  private final TrialService service;
  private final Ledger ledger;
  private final InstantSource clock;
  private final Screen screen;
  private final List<Footprint> memory = new ArrayList<>();
  private Instant begin = Instant.MIN;
  private Instant shown = Instant.MIN;

  Absence(
      TrialServo servo, TrialService service, Ledger ledger, InstantSource clock, Screen screen) {
    this.servo = servo;
    this.service = service;
    this.ledger = ledger;
    this.clock = clock;
    this.screen = screen;
  }

  /// Begins, before the first pod.
  void begin() {
    service.be(new Mood.Away());
    begin = clock.instant();
  }

  /// Lets so many pods live, and returns when all of them have.
  void endure(int pods, PodStream stream) throws InterruptedException {
    while (stream.begun() < pods) {
      look();
    }
    stream.finish();
  }

  /// Lets the service come back, and waits until it has everything.
  Backlog end() throws InterruptedException {
    Instant latest = clock.instant().plus(STORED);
    while (waiting() < ledger.tally().ended() && clock.instant().isBefore(latest)) {
      look();
    }
    long reports = waiting();
    long before = ledger.tally().reported();
    screen.say("  the service comes back to %,d reports".formatted(reports));
    Instant back = clock.instant();
    service.be(new Mood.Well());
    while (ledger.tally().reported() == before && clock.instant().isBefore(back.plus(DRAINED))) {
      look();
    }
    Instant first = clock.instant();
    while (waiting() > 0 && clock.instant().isBefore(first.plus(DRAINED))) {
      look();
    }
    Instant last = clock.instant();
    return new Backlog(
        reports, Duration.between(back, first), Duration.between(first, last), memory);
  }

  private long waiting() throws InterruptedException {
    return Math.round(servo.pending().orElse(0));
  }

  private void look() throws InterruptedException {
    Thread.sleep(LOOK);
    if (clock.instant().isBefore(shown.plus(SHOW))) {
      return;
    }
    shown = clock.instant();
    long waiting = waiting();
    OptionalLong resident = servo.residentBytes();
    resident.ifPresent(bytes -> memory.add(new Footprint(waiting, bytes)));
    Tally tally = ledger.tally();
    screen.progress(
        Duration.between(begin, shown),
        tally,
        new Screen.Parts(
            servo.condition().name().toLowerCase(Locale.ROOT),
            "%,d wait, %,d MiB".formatted(waiting, resident.orElse(0) >> 20)));
  }
}
