package io.multijob.servo.admission;

import io.multijob.servo.pod.Owner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Remembers what it was told, on one thread.
final class RecordedAdmissions implements AdmissionListener {
  private final List<Ending> endings = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();

  @Override
  public void reviewed(Ending ending, Duration took) {
    endings.add(ending);
  }

  @Override
  public void decided(String namespace, Owner owner, Decision decision) {
    decisions.add(decision);
  }

  List<Ending> endings() {
    return List.copyOf(endings);
  }

  List<Decision> decisions() {
    return List.copyOf(decisions);
  }
}
