package io.multijob.servo.initializer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// Remembers how pods were done with.
final class RecordedEndings implements InitializerListener {
  private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
  private final AtomicInteger delays = new AtomicInteger();

  @Override
  public void ended(Ending ending) {
    endings.add(ending);
  }

  @Override
  public void delayed() {
    delays.incrementAndGet();
  }

  /// The next one, waited for.
  Ending next() throws InterruptedException {
    return endings.take();
  }

  /// The next few, waited for.
  List<Ending> next(int count) throws InterruptedException {
    List<Ending> taken = new ArrayList<>();
    while (taken.size() < count) {
      taken.add(next());
    }
    return taken;
  }

  int delays() {
    return delays.get();
  }
}
