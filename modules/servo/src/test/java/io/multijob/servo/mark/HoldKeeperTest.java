package io.multijob.servo.mark;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.mark.HoldKeeper.Holding;
import io.multijob.servo.mark.PodMarker.Marking;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class HoldKeeperTest {
  private static final PodRef POD = new PodRef("u1", "batch", "pod-1");
  private static final PodMarks HELD = new PodMarks(false, true, false, false, false);
  private static final Duration LIMIT = Duration.ofHours(1);

  private final List<MarkTask> written = new CopyOnWriteArrayList<>();
  private final Set<String> stored = new HashSet<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-23T10:00:00Z"));
  private PodMarker marker;

  @BeforeEach
  void startMarker() {
    marker =
        new PodMarker(
            task -> {
              written.add(task);
              return new MarkResult.Written();
            },
            Marking.ON,
            new NoListener(),
            now::get);
    marker.start();
  }

  @AfterEach
  void closeMarker() {
    marker.close();
  }

  @Test
  void holdsALivePodWhenItIsToHoldAny() {
    keeper(Holding.ON).unheld(POD);

    marker.close();
    assertThat(written).containsExactly(new MarkTask(POD, Mark.HOLD));
  }

  @Test
  void holdsNoneWhenItIsNotTo() {
    keeper(Holding.OFF).unheld(POD);

    marker.close();
    assertThat(written).isEmpty();
  }

  @Test
  void letsAPodGoPastTheLimitWhoseRunIsStored() throws Exception {
    HoldKeeper keeper = keeper(Holding.ON);
    stored.add("u1");
    keeper.ended(POD, HELD);

    now.updateAndGet(time -> time.plus(LIMIT).minusSeconds(1));
    keeper.letGoOverdue();
    assertThat(marker.waiting()).isZero();

    now.updateAndGet(time -> time.plusSeconds(1));
    keeper.letGoOverdue();

    marker.close();
    assertThat(written).containsExactly(new MarkTask(POD, Mark.LET_GO));
  }

  @Test
  void keepsAPodPastTheLimitWhoseRunWouldBeLost() throws Exception {
    HoldKeeper keeper = keeper(Holding.ON);
    keeper.ended(POD, HELD);

    now.updateAndGet(time -> time.plus(LIMIT));
    keeper.letGoOverdue();

    marker.close();
    assertThat(written).isEmpty();
    assertThat(keeper.longest()).isEqualTo(LIMIT);
  }

  @Test
  void countsTheTimeFromTheFirstSightOfTheEnd() {
    HoldKeeper keeper = keeper(Holding.ON);
    keeper.ended(POD, HELD);
    now.updateAndGet(time -> time.plusSeconds(10));

    keeper.ended(POD, HELD);

    assertThat(keeper.longest()).isEqualTo(Duration.ofSeconds(10));
    keeper.free("u1");
    assertThat(keeper.longest()).isZero();
  }

  @Test
  void letsAPodGoThatIsMarkedAndHeldStill() {
    keeper(Holding.OFF).ended(POD, new PodMarks(true, true, false, false, false));

    marker.close();
    assertThat(written).containsExactly(new MarkTask(POD, Mark.LET_GO));
  }

  private HoldKeeper keeper(Holding holding) {
    return new HoldKeeper(
        new HoldKeeper.Policy(holding, LIMIT), marker, stored::contains, now::get);
  }

  private static final class NoListener implements MarkListener {
    @Override
    public void attempted(String mark, String result) {}

    @Override
    public void dropped() {}
  }
}
