package io.multijob.servo.restraint;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.pod.Owner;
import io.multijob.servo.restraint.Restraints.Injecting;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RestraintsTest {
  private static final Owner JOB = new Owner("Job", "nightly-1");
  private static final ObjectRef JOB_REF =
      new ObjectRef("batch/v1", "Job", "batch", "nightly-1", "u1");

  private static final Set<Change> BOTH = EnumSet.allOf(Change.class);
  private static final Set<Change> INJECTED = EnumSet.of(Change.INJECTION);
  private static final String QUOTA =
      "exceeded quota: q, requested: limits.cpu=1, used: limits.cpu=0, limited: limits.cpu=0";

  private final SettableClock clock = new SettableClock();
  private final RecordedRestraints listener = new RecordedRestraints();
  private final Restraints restraints = new Restraints(Injecting.BY_APP, clock);

  @BeforeEach
  void listen() {
    restraints.tell(listener);
  }

  @Test
  void aRefusalThatNamesNeitherEndsBoth() {
    restraints.changed("batch", JOB, "nightly", BOTH);

    refuse(QUOTA);

    assertThat(restraints.mayInject("batch", "nightly")).isFalse();
    assertThat(restraints.mayAdjust("batch", "nightly")).isFalse();
    assertThat(restraints.mayInject("batch", "other")).isTrue();
    assertThat(restraints.mayInject("elsewhere", "nightly")).isTrue();
    assertThat(listener.told())
        .containsExactlyInAnyOrder(
            "withheld INJECTION from app nightly in namespace batch",
            "withheld ADJUSTMENT from app nightly in namespace batch");
  }

  @Test
  void aRefusalOfPodsThatWeDidNotChangeIsNotOurs() {
    restraints.changed("batch", new Owner("Job", "another"), "another", BOTH);

    refuse(QUOTA);

    assertThat(listener.told()).isEmpty();
  }

  @Test
  void norIsOneLongAfterTheChange() {
    restraints.changed("batch", JOB, "nightly", BOTH);
    clock.advance(Duration.ofHours(2));

    refuse(QUOTA);

    assertThat(listener.told()).isEmpty();
  }

  @Test
  void whatThePolicyDidCountsToo() {
    restraints.refused(
        new Refusal(JOB_REF, QUOTA), Optional.of(new ChangeSource.Made("nightly", INJECTED)));

    assertThat(restraints.mayInject("batch", "nightly")).isFalse();
    assertThat(restraints.mayAdjust("batch", "nightly")).isTrue();
  }

  @Test
  void whereAPolicyInjectsTheWholeNamespaceIsLeftAlone() {
    Restraints coarse = new Restraints(Injecting.BY_NAMESPACE, clock);
    coarse.changed("batch", JOB, "nightly", BOTH);

    coarse.refused(new Refusal(JOB_REF, QUOTA), Optional.empty());

    assertThat(coarse.mayInject("batch", "other")).isFalse();
    assertThat(coarse.mayAdjust("batch", "nightly")).isFalse();
    assertThat(coarse.mayAdjust("batch", "other")).isTrue();
  }

  @Test
  void whatIsRefusedWithoutOurChangeWasNotOurFault() {
    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);
    clock.advance(Restraints.IN_FLIGHT.plusSeconds(1));

    refuse(QUOTA);

    assertThat(restraints.mayInject("batch", "nightly")).isTrue();

    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);

    assertThat(restraints.mayInject("batch", "nightly")).isTrue();
    assertThat(listener.told())
        .containsExactly(
            "withheld INJECTION from app nightly in namespace batch",
            "lifted INJECTION from app nightly in namespace batch");
  }

  @Test
  void thePodsThatWereUnderWayDoNotAcquit() {
    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);
    clock.advance(Duration.ofSeconds(1));

    refuse(QUOTA);

    assertThat(restraints.mayInject("batch", "nightly")).isFalse();
  }

  @Test
  void itIsTriedAgainAndEachTrialThatFailsTakesLonger() {
    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);

    clock.advance(Restraints.FIRST_PAUSE.minusSeconds(1));
    restraints.expire();
    assertThat(restraints.mayInject("batch", "nightly")).isFalse();

    clock.advance(Duration.ofSeconds(1));
    restraints.expire();
    assertThat(restraints.mayInject("batch", "nightly")).isTrue();

    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);
    clock.advance(Restraints.FIRST_PAUSE);
    restraints.expire();
    assertThat(restraints.mayInject("batch", "nightly")).isFalse();

    clock.advance(Restraints.FIRST_PAUSE);
    restraints.expire();
    assertThat(restraints.mayInject("batch", "nightly")).isTrue();
  }

  @Test
  void aTrialThatWentWellIsForgotten() {
    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);
    clock.advance(Restraints.FIRST_PAUSE);
    restraints.expire();
    clock.advance(Restraints.LONGEST_PAUSE.plusSeconds(1));
    restraints.expire();

    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);
    clock.advance(Restraints.FIRST_PAUSE);
    restraints.expire();

    assertThat(restraints.mayInject("batch", "nightly")).isTrue();
  }

  @Test
  void aLaterPodWithPodmonLiftsIt() {
    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);
    Reach app = new Reach.App("batch", "nightly");

    restraints.workedFor(app, clock.instant().minusSeconds(1));
    assertThat(restraints.mayInject("batch", "nightly")).isFalse();

    restraints.workedFor(app, clock.instant().plusSeconds(1));
    assertThat(restraints.mayInject("batch", "nightly")).isTrue();
  }

  @Test
  void newSettingsLiftAnAdjustmentAndNothingElse() {
    restraints.changed("batch", JOB, "nightly", BOTH);
    refuse(QUOTA);

    restraints.settingsAreNew("nightly");

    assertThat(restraints.mayAdjust("batch", "nightly")).isTrue();
    assertThat(restraints.mayInject("batch", "nightly")).isFalse();
  }

  @Test
  void saysWhatIsWithheldAndWhy() {
    assertThat(restraints.note()).isEqualTo("none");

    restraints.changed("batch", JOB, "nightly", INJECTED);
    refuse(QUOTA);

    assertThat(restraints.note())
        .isEqualTo("no podmon for app nightly in namespace batch: " + QUOTA);
  }

  @Test
  void theOldestIsGivenUpWhereThereAreTooMany() {
    for (int i = 0; i <= Restraints.MOST; i++) {
      restraints.withhold(Change.INJECTION, new Reach.App("batch", "app-" + i), "because", JOB_REF);
    }

    assertThat(restraints.current()).hasSize(Restraints.MOST);
    assertThat(restraints.mayInject("batch", "app-0")).isTrue();
    assertThat(restraints.mayInject("batch", "app-1")).isFalse();
  }

  private void refuse(String message) {
    restraints.refused(new Refusal(JOB_REF, message), Optional.empty());
  }
}
