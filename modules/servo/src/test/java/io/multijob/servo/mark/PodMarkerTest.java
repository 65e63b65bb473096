package io.multijob.servo.mark;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.mark.PodMarker.Marking;
import io.multijob.servo.pod.PodRef;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class PodMarkerTest {
  private static final PodRef POD = new PodRef("u1", "batch", "pod-1");

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final BlockingQueue<MarkTask> written = new LinkedBlockingQueue<>();

  @Test
  void writesWhatItIsToldBesideWhoTellsIt() throws Exception {
    try (PodMarker marker = marker(Marking.ON)) {
      marker.hold(POD);
      assertThat(told.take()).isEqualTo("hold written");

      marker.reported(POD);
      assertThat(told.take()).isEqualTo("reported written");
    }
    assertThat(written)
        .containsExactly(new MarkTask(POD, Mark.HOLD), new MarkTask(POD, Mark.REPORTED));
  }

  @Test
  void triesAgainWhatTheApiServerCouldNotTakeNow() throws Exception {
    try (PodMarker marker = marker(Marking.ON, new MarkResult.Later("500", Duration.ofMillis(1)))) {
      marker.reported(POD);

      assertThat(told.take()).isEqualTo("reported later");
      assertThat(told.take()).isEqualTo("reported written");
    }
    assertThat(written).hasSize(2).containsOnly(new MarkTask(POD, Mark.REPORTED));
  }

  @Test
  void givesUpForAPodThatIsGone() throws Exception {
    try (PodMarker marker = marker(Marking.ON, new MarkResult.Gone())) {
      marker.reported(POD);
      written.take();
    }
    assertThat(told).containsExactly("reported gone");
  }

  @Test
  void saysWhereItMayNotPatchAndHoldsWhatWaitsThere() throws Exception {
    try (PodMarker marker = marker(Marking.ON, new MarkResult.Denied("403"))) {
      marker.reported(POD);
      written.take();
      assertThat(told.take()).isEqualTo("reported denied");

      awaitDenial(marker);
      assertThat(marker.problem()).contains("no permission to patch pods in batch");
      assertThat(marker.waiting()).isOne();
    }
  }

  @Test
  void marksNothingWhenItIsNotToAndLetsGoAllTheSame() throws Exception {
    try (PodMarker marker = marker(Marking.OFF)) {
      marker.reported(POD);
      marker.letGo(POD);

      assertThat(written.take()).isEqualTo(new MarkTask(POD, Mark.LET_GO));
    }
    assertThat(written).isEmpty();
  }

  @Test
  void writesWhatWaitsBeforeItIsClosed() {
    PodMarker marker = marker(Marking.ON);
    for (int i = 0; i < 500; i++) {
      marker.reported(new PodRef("u" + i, "batch", "pod-" + i));
    }

    marker.close();

    assertThat(written).hasSize(500);
  }

  private static void awaitDenial(PodMarker marker) {
    while (!marker.denied()) {
      Thread.onSpinWait();
    }
  }

  /// A marker that is started, and gets these results first.
  private PodMarker marker(Marking marking, MarkResult... results) {
    Queue<MarkResult> script = new ArrayDeque<>(List.of(results));
    MarkWriter writer =
        task -> {
          written.add(task);
          synchronized (script) {
            return script.isEmpty() ? new MarkResult.Written() : script.remove();
          }
        };
    PodMarker marker =
        new PodMarker(
            writer,
            marking,
            new MarkListener() {
              @Override
              public void attempted(String mark, String result) {
                told.add(mark + " " + result);
              }

              @Override
              public void dropped() {
                told.add("dropped");
              }
            },
            InstantSource.system());
    marker.start();
    return marker;
  }
}
