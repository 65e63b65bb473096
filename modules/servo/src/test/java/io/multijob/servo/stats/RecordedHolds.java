package io.multijob.servo.stats;

import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodRef;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what it is told of held pods.
final class RecordedHolds implements HoldListener {
  private final List<String> told = new CopyOnWriteArrayList<>();

  List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public void unheld(PodRef pod) {
    told.add("unheld " + pod.uid());
  }

  @Override
  public void ended(PodRef pod, PodMarks marks) {
    told.add((marks.reported() ? "reported " : "ended ") + pod.uid());
  }

  @Override
  public void free(String uid) {
    told.add("free " + uid);
  }
}
