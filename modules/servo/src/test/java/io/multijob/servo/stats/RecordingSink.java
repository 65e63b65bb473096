package io.multijob.servo.stats;

import io.multijob.servo.measurement.Run;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// A sink in memory that fails as often as it is told to, and listens to what becomes of runs.
public final class RecordingSink implements RunSink, RunListener {
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final List<Run> taken = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Run> arrivals = new LinkedBlockingQueue<>();
  private final BlockingQueue<Run> kept = new LinkedBlockingQueue<>();
  private final BlockingQueue<Predicate<String>> asked = new LinkedBlockingQueue<>();
  private final AtomicInteger failuresLeft = new AtomicInteger();
  private final List<String> told = new CopyOnWriteArrayList<>();

  /// Lets the next attempts fail, as a full disk would.
  void failNext(int attempts) {
    failuresLeft.set(attempts);
  }

  /// Has this run already, as after a restart.
  void know(String id) {
    known.add(id);
  }

  /// What was taken, in order; waits for nothing.
  public List<Run> taken() {
    return List.copyOf(taken);
  }

  /// The next run that is kept.
  Run nextKept() throws InterruptedException {
    return kept.take();
  }

  /// Waits until the runs of earlier servos are asked for.
  ///
  /// @return which of the ids are tracked
  List<String> awaitTakingKept(String... ids) throws InterruptedException {
    Predicate<String> tracked = asked.take();
    return Stream.of(ids).filter(tracked).toList();
  }

  /// The next run that is taken, once the listener has been told of it.
  public Run next() throws InterruptedException {
    return arrivals.take();
  }

  /// What a listener was told beside the runs taken.
  List<String> told() {
    return List.copyOf(told);
  }

  @Override
  public boolean knows(Run run) {
    return known.contains(run.id());
  }

  @Override
  public void keep(Run run) {
    kept.add(run);
  }

  @Override
  public void takeKept(Predicate<String> tracked) {
    asked.add(tracked);
  }

  @Override
  public void put(Run run) throws IOException {
    if (failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IOException("no space left on device");
    }
    known.add(run.id());
    taken.add(run);
  }

  @Override
  public void reported(Run run) {
    told.add("reported " + run.appId());
    arrivals.add(run);
  }

  @Override
  public void notTaken(Run run, Exception reason, int failures) {
    told.add("not taken: " + reason.getMessage());
  }

  @Override
  public void unreadable(io.multijob.servo.pod.Pod pod, String problem) {
    told.add("unreadable: " + problem);
  }

  @Override
  public void overdue(io.multijob.servo.pod.Pod pod) {
    told.add("overdue " + pod.identity().ref());
  }
}
