package io.multijob.servo.mark;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.pod.PodRef;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class MarkQueueTest {
  private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
  private static final Duration DENIAL = Duration.ofSeconds(30);

  private final MarkQueue queue = new MarkQueue(3, DENIAL);

  @Test
  void givesThemInTheOrderInWhichTheyCame() {
    queue.put(task("a", "batch", Mark.HOLD));
    queue.put(task("b", "batch", Mark.REPORTED));

    assertThat(queue.next(NOW)).contains(task("a", "batch", Mark.HOLD));
    assertThat(queue.next(NOW)).contains(task("b", "batch", Mark.REPORTED));
    assertThat(queue.next(NOW)).isEmpty();
    assertThat(queue.nextTime()).isEmpty();
  }

  @Test
  void keepsForEachPodOnlyTheChangeThatMakesTheOthersNeedless() {
    queue.put(task("a", "batch", Mark.HOLD));
    queue.put(task("a", "batch", Mark.REPORTED));
    queue.put(task("a", "batch", Mark.LET_GO));

    assertThat(queue.next(NOW)).contains(task("a", "batch", Mark.REPORTED));
    assertThat(queue.next(NOW)).isEmpty();
  }

  @Test
  void takesNoMoreThanThereArePlaces() {
    assertThat(queue.put(task("a", "batch", Mark.HOLD))).isTrue();
    assertThat(queue.put(task("b", "batch", Mark.HOLD))).isTrue();
    assertThat(queue.put(task("c", "batch", Mark.HOLD))).isTrue();

    assertThat(queue.put(task("d", "batch", Mark.HOLD))).isFalse();
    assertThat(queue.put(task("c", "batch", Mark.REPORTED))).isTrue();
  }

  @Test
  void leavesANamespaceAloneThatDoesNotLetUsPatchAndGoesOnWithTheOthers() {
    queue.put(task("a", "closed", Mark.REPORTED));
    queue.put(task("b", "closed", Mark.REPORTED));
    queue.put(task("c", "open", Mark.REPORTED));

    boolean news = queue.denied(queue.next(NOW).orElseThrow(), NOW);

    assertThat(news).isTrue();
    assertThat(queue.next(NOW)).contains(task("c", "open", Mark.REPORTED));
    assertThat(queue.next(NOW)).isEmpty();
    assertThat(queue.nextTime()).contains(NOW.plus(DENIAL));
    assertThat(queue.deniedNamespaces()).containsEntry("closed", 2);
  }

  @Test
  void triesADeniedNamespaceWithOneMarkAndOpensItWithThat() {
    queue.put(task("a", "closed", Mark.REPORTED));
    queue.put(task("b", "closed", Mark.REPORTED));
    queue.denied(queue.next(NOW).orElseThrow(), NOW);
    Instant later = NOW.plus(DENIAL);

    MarkTask tried = queue.next(later).orElseThrow();

    assertThat(queue.next(later)).isEmpty();
    assertThat(queue.allowed(tried.pod())).isTrue();
    assertThat(queue.next(later)).isPresent();
    assertThat(queue.size()).isZero();
    assertThat(queue.deniedNamespaces()).isEmpty();
  }

  @Test
  void countsWhatWaitsInDeniedNamespacesAsTakingPlaces() {
    queue.put(task("a", "closed", Mark.REPORTED));
    queue.denied(queue.next(NOW).orElseThrow(), NOW);
    queue.put(task("b", "closed", Mark.REPORTED));
    queue.put(task("c", "open", Mark.REPORTED));

    assertThat(queue.size()).isEqualTo(3);
    assertThat(queue.put(task("d", "open", Mark.REPORTED))).isFalse();
  }

  private static MarkTask task(String uid, String namespace, Mark mark) {
    return new MarkTask(new PodRef(uid, namespace, "pod-" + uid), mark);
  }
}
