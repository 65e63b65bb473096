package io.multijob.servo.restraint;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Remembers, one line each, what was withheld and lifted.
final class RecordedRestraints implements RestraintListener {
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  /// All that was not taken by [#next] yet.
  List<String> told() {
    return List.copyOf(told);
  }

  /// The next line, waited for.
  String next() throws InterruptedException {
    return told.take();
  }

  @Override
  public void withheld(Restraint restraint) {
    told.add("withheld " + restraint.change() + " from " + restraint.reach());
  }

  @Override
  public void lifted(Restraint restraint) {
    told.add("lifted " + restraint.change() + " from " + restraint.reach());
  }
}
