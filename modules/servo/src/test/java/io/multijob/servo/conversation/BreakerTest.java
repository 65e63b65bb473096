package io.multijob.servo.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.conversation.Breaker.Probe;
import io.multijob.servo.conversation.Breaker.Shut;
import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BreakerTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final SettableClock clock = new SettableClock();
  private final Breaker breaker = new Breaker(new Backoff(Duration.ofSeconds(1), MINUTE), clock);

  /// Lower case is an app whose conversation went well, upper case one whose failed.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          three apps in a row                       | ABC                | true  | 1
          two apps in turn                          | ABA                | true  | 0
          two are a chance                          | AB                 | false | 0
          one app alone, however often              | AAAAAAAAAAAA       | false | 1
          one app alone, again and again            | AaAaAaAaAaAa       | false | 1
          one app among many that go well           | AbAcAdAeAf         | false | 1
          every second of many apps                 | AbCdEfGhIjKl       | true  | 0
          every third of many apps                  | AbcDefGhiJkl       | false | 0
          a service that was sound again in between | x     | false | 0
          """)
  void shutsWhatFails(String when, String conversations, boolean service, int apps) {
    play(conversations);

    assertThat(breaker.problem().isPresent()).as(when).isEqualTo(service);
    if (!service) {
      assertThat(breaker.shutApps()).as(when).isEqualTo(apps);
    }
  }

  @Test
  void saysWhyNobodyIsWaitedFor() {
    play("AAA");

    assertThat(breaker.objection("a"))
        .contains("the service is not waited for with this app: away");
    assertThat(breaker.objection("b")).isEmpty();
    play("BC");
    assertThat(breaker.objection("b")).contains("the service is not waited for: away");
  }

  @Test
  void aProbeIsMadeByOneAtATimeWhenItIsDue() {
    assertThat(breaker.nextProbe()).isEmpty();
    play("ABC");
    assertThat(breaker.nextProbe()).isPresent();
    clock.advance(MINUTE);

    assertThat(breaker.dueProbes(8)).containsExactly(new Probe("c", Shut.SERVICE));
    assertThat(breaker.dueProbes(8)).isEmpty();
    breaker.probedBadly(new Probe("c", Shut.SERVICE), Duration.ofSeconds(90));
    clock.advance(MINUTE);
    assertThat(breaker.dueProbes(8)).isEmpty();
    clock.advance(MINUTE);
    assertThat(breaker.dueProbes(8)).hasSize(1);
  }

  @Test
  void slowAppsThatHaveShutTheServiceDoNotKeepItShut() {
    play("ABAB");
    clock.advance(MINUTE);
    Probe first = breaker.dueProbes(8).getFirst();
    assertThat(first.appId()).isIn("a", "b");
    assertThat(breaker.objection("good")).isPresent();
    assertThat(breaker.objection(first.appId())).isPresent();
    breaker.probedBadly(first, Duration.ZERO);
    clock.advance(MINUTE);

    Probe second = breaker.dueProbes(8).getFirst();

    assertThat(second).isEqualTo(new Probe("good", Shut.SERVICE));
    assertThat(breaker.probedWell(second)).isTrue();
    assertThat(breaker.objection("good")).isEmpty();
  }

  @Test
  void aServiceOnTrialIsShutByTheFirstFailure() {
    play("ABC");
    open("c");
    assertThat(breaker.problem()).isEmpty();

    play("D");

    assertThat(breaker.problem()).isPresent();
  }

  @Test
  void aServiceOnTrialThatDoesWellHasItsChancesBack() {
    play("ABC");
    open("c");

    play("efghDE");

    assertThat(breaker.problem()).isEmpty();
  }

  @Test
  void aServiceThatIsOftenShutIsProbedLessOften() {
    for (int i = 0; i < 12; i++) {
      play("ABC");
      open("c");
    }
    play("ABC");

    // Each pause is a random part of what it may be, so some of many are long.
    assertThat(longestPause()).isGreaterThan(Duration.ofSeconds(2));
  }

  @Test
  void anAppIsProbedForItselfWhileTheServiceIsOpen() {
    play("AAA");
    clock.advance(MINUTE);

    assertThat(breaker.dueProbes(8)).containsExactly(new Probe("a", Shut.APP));
    assertThat(breaker.probedWell(new Probe("a", Shut.APP))).isTrue();

    assertThat(breaker.objection("a")).isEmpty();
    assertThat(breaker.nextProbe()).isEmpty();
  }

  @Test
  void anAppWhosePodsComeNoMoreIsProbedNoMore() {
    play("AAA");
    clock.advance(MINUTE);
    assertThat(breaker.dueProbes(8)).hasSize(1);
    breaker.probedBadly(new Probe("a", Shut.APP), Duration.ZERO);
    clock.advance(MINUTE);
    assertThat(breaker.dueProbes(8)).isEmpty();
    assertThat(breaker.nextProbe()).isEmpty();

    assertThat(breaker.objection("a")).isPresent();

    assertThat(breaker.dueProbes(8)).hasSize(1);
  }

  @Test
  void remembersNoMoreThanAThousandAppsThatFail() {
    for (int i = 0; i < 2_000; i++) {
      for (int j = 0; j < 3; j++) {
        breaker.failed("app-" + i, "away", Duration.ZERO);
      }
      breaker.well("good");
      breaker.well("good");
    }

    assertThat(breaker.problem()).isEmpty();
    assertThat(breaker.shutApps()).isEqualTo(1_000);
  }

  private Duration longestPause() {
    Duration longest = Duration.ZERO;
    for (int i = 0; i < 50; i++) {
      Duration pause = Duration.between(clock.instant(), breaker.nextProbe().orElseThrow());
      longest = pause.compareTo(longest) > 0 ? pause : longest;
      clock.advance(MINUTE);
      List<Probe> probes = breaker.dueProbes(8);
      breaker.probedBadly(probes.getFirst(), Duration.ZERO);
    }
    return longest;
  }

  private void open(String appId) {
    clock.advance(MINUTE);
    assertThat(breaker.dueProbes(8)).hasSize(1);
    assertThat(breaker.probedWell(new Probe(appId, Shut.SERVICE))).isTrue();
  }

  private void play(String conversations) {
    conversations
        .chars()
        .forEach(each -> {
          String appId = String.valueOf((char) Character.toLowerCase(each));
          if (Character.isUpperCase(each)) {
            breaker.failed(appId, "away", Duration.ZERO);
          } else {
            breaker.well(appId);
          }
        });
  }
}
