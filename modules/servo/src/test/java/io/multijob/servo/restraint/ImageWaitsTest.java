package io.multijob.servo.restraint;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.TreePods;
import io.multijob.servo.restraint.Restraints.Injecting;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.Scope;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

final class ImageWaitsTest {
  private static final AppIdPath PATH = AppIdPath.parse("spec/containers/0/env/[JOBID]");
  private static final String UNSTARTED = "{\"waiting\":{\"reason\":\"PodInitializing\"}}";
  private static final String RUNNING = "{\"running\":{\"startedAt\":\"2026-11-22T10:00:04Z\"}}";
  private static final Scope BATCH = new Scope("batch");

  private final SettableClock clock = new SettableClock();
  private final Restraints restraints = new Restraints(Injecting.BY_APP, clock);
  private final ImageWaits waits = new ImageWaits(restraints);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ErrImagePull",
        "ImagePullBackOff",
        "InvalidImageName",
        "ErrImageNeverPull",
        "CreateContainerConfigError",
        "CreateContainerError",
        "CrashLoopBackOff"
      })
  void onePodThatCannotStartPodmonEndsTheInjectionInItsNamespace(String reason) {
    waits.seen(pod("p1", waiting(reason), UNSTARTED));

    assertThat(restraints.mayInject("batch", "any")).isFalse();
    assertThat(restraints.mayInject("other", "any")).isTrue();
    assertThat(restraints.note())
        .isEqualTo(
            "no podmon for namespace batch: pod batch/pod-p1 cannot start podmon: " + reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ContainerCreating", "PodInitializing"})
  void whatEveryContainerWaitsForIsNoHarm(String reason) {
    waits.seen(pod("p1", waiting(reason), UNSTARTED));

    assertThat(restraints.mayInject("batch", "any")).isTrue();
  }

  @Test
  void podmonThatEndsAgainAndAgainBesideAWorkloadThatRunsIsNoHarm() {
    waits.seen(pod("p1", waiting("CrashLoopBackOff"), RUNNING));

    assertThat(restraints.mayInject("batch", "any")).isTrue();
  }

  @Test
  void aPodThatIsNotOursSaysNothing() {
    String json = json("p1", waiting("ErrImagePull"), UNSTARTED).replace("nightly", "");

    waits.seen(TreePods.read(JsonMapper.shared().readTree(json), PATH));

    assertThat(restraints.mayInject("batch", "any")).isTrue();
  }

  @Test
  void itGoesOnWhenAllThatWaitedHavePodmonAfterAll() {
    waits.seen(pod("p1", waiting("ErrImagePull"), UNSTARTED));
    waits.seen(pod("p2", waiting("ErrImagePull"), UNSTARTED));

    waits.seen(pod("p1", RUNNING, RUNNING));
    assertThat(restraints.mayInject("batch", "any")).isFalse();

    waits.seen(pod("p2", RUNNING, RUNNING));
    assertThat(restraints.mayInject("batch", "any")).isTrue();
  }

  @Test
  void aPodCountsOnceSoThatAPersonsWordHolds() {
    Reach whole = new Reach.Whole("batch");
    waits.seen(pod("p1", waiting("ErrImagePull"), UNSTARTED));
    restraints.lift(Change.INJECTION, whole, "a person says so");

    waits.seen(pod("p1", waiting("ImagePullBackOff"), UNSTARTED));
    assertThat(restraints.mayInject("batch", "any")).isTrue();

    waits.seen(pod("p2", waiting("ErrImagePull"), UNSTARTED));
    assertThat(restraints.mayInject("batch", "any")).isFalse();
  }

  @Test
  void thereIsNoTrialWhileAPodWaits() {
    waits.seen(pod("p1", waiting("ErrImagePull"), UNSTARTED));
    clock.advance(Restraints.FIRST_PAUSE.minusSeconds(1));
    waits.seen(pod("p1", waiting("ImagePullBackOff"), UNSTARTED));

    clock.advance(Restraints.FIRST_PAUSE.minusSeconds(1));
    restraints.expire();
    assertThat(restraints.mayInject("batch", "any")).isFalse();

    clock.advance(Duration.ofSeconds(1));
    restraints.expire();
    assertThat(restraints.mayInject("batch", "any")).isTrue();
  }

  @Test
  void notWhenTheyAreDeleted() {
    Pod waiting = pod("p1", waiting("ErrImagePull"), UNSTARTED);
    waits.seen(waiting);

    waits.gone(waiting);

    assertThat(restraints.mayInject("batch", "any")).isFalse();
  }

  @Test
  void aLaterPodWithPodmonLiftsItOnceNoneWaits() {
    Pod later = pod("p2", RUNNING, RUNNING, "2026-11-22T10:05:00Z");
    waits.listing(BATCH);
    waits.seen(pod("p1", waiting("ErrImagePull"), UNSTARTED));
    waits.listed(BATCH);

    waits.seen(later);
    assertThat(restraints.mayInject("batch", "any")).isFalse();

    waits.listing(BATCH); // p1 is gone unseen
    waits.listed(BATCH);
    waits.seen(later);
    assertThat(restraints.mayInject("batch", "any")).isTrue();
  }

  @Test
  void anEarlierPodWithPodmonDoesNot() {
    Pod waiting = pod("p1", waiting("ErrImagePull"), UNSTARTED);
    waits.seen(waiting);
    waits.gone(waiting);

    waits.seen(pod("p0", RUNNING, RUNNING, "2026-11-22T09:59:00Z"));

    assertThat(restraints.mayInject("batch", "any")).isFalse();
  }

  private static String waiting(String reason) {
    return "{\"waiting\":{\"reason\":\"" + reason + "\"}}";
  }

  private static Pod pod(String uid, String monitor, String workload) {
    return pod(uid, monitor, workload, "2026-11-22T10:00:00Z");
  }

  private static Pod pod(String uid, String monitor, String workload, String created) {
    String json = json(uid, monitor, workload).replace("2026-11-22T10:00:00Z", created);
    return TreePods.read(JsonMapper.shared().readTree(json), PATH);
  }

  private static String json(String uid, String monitor, String workload) {
    return PodJson.pod(
        uid,
        "1",
        "{\"phase\":\"Pending\",\"initContainerStatuses\":[{\"name\":\"zzzzmonitor\",\"state\":"
            + monitor
            + "}],\"containerStatuses\":[{\"name\":\"main\",\"state\":"
            + workload
            + "}]}");
  }
}
