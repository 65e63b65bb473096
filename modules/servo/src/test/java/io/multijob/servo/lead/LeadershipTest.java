package io.multijob.servo.lead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class LeadershipTest {
  private static final Leadership.Timing QUICK =
      new Leadership.Timing(
          Duration.ofSeconds(1),
          Duration.ofMillis(600),
          Duration.ofMillis(100),
          Duration.ofMillis(20));

  private final Shelf shelf = new Shelf();
  private final Recorder first = new Recorder();
  private final Recorder second = new Recorder();

  @Test
  void takesALeaseThatNobodyHas() throws Exception {
    try (Leadership leadership = begin("a", first)) {
      assertThat(first.next()).isEqualTo("lead");
      assertThat(leadership.leads()).isTrue();
      assertThat(leadership.leader()).isEqualTo("a");
    }
  }

  @Test
  void leavesALeaseToWhoRenewsIt() throws Exception {
    try (Leadership _ = begin("a", first)) {
      assertThat(first.next()).isEqualTo("lead");
      try (Leadership other = begin("b", second)) {
        shelf.awaitReads(120); // some lengths of the lease

        assertThat(other.leads()).isFalse();
        assertThat(other.leader()).isEqualTo("a");
        assertThat(second.told).isEmpty();
      }
    }
  }

  @Test
  void givesTheLeaseAwayWhenItIsClosedAndAnotherTakesItAtOnce() throws Exception {
    Leadership leaving = begin("a", first);
    assertThat(first.next()).isEqualTo("lead");
    try (Leadership _ = begin("b", second)) {
      leaving.close();
      long closed = System.nanoTime();

      assertThat(first.next()).isEqualTo("retire STOPPED");
      assertThat(second.next()).isEqualTo("lead");
      assertThat(Duration.ofNanos(System.nanoTime() - closed)).isLessThan(QUICK.duration());
    }
  }

  @Test
  void takesTheLeaseOfOneThatRenewsItNoMore() throws Exception {
    shelf.write(Lease.ABSENT.heldBy("dead", Instant.now(), QUICK.duration()));
    try (Leadership _ = begin("b", second)) {
      assertThat(second.next()).isEqualTo("lead");
    }
    assertThat(shelf.transitions()).isOne();
  }

  @Test
  void actsNoMoreWhenTheLeaseCannotBeRenewedForLong() throws Exception {
    try (Leadership leadership = begin("a", first)) {
      assertThat(first.next()).isEqualTo("lead");

      shelf.broken = true;

      assertThat(first.next()).isEqualTo("retire LOST");
      assertThat(leadership.problem()).contains("the shelf is broken");

      shelf.broken = false;
      assertThat(first.next()).isEqualTo("lead");
    }
  }

  @Test
  void actsNoMoreWhenAnotherHasTakenTheLease() throws Exception {
    try (Leadership _ = begin("a", first)) {
      assertThat(first.next()).isEqualTo("lead");

      shelf.steal("thief");

      assertThat(first.next()).isEqualTo("retire LOST");
    }
  }

  private Leadership begin(String identity, Replica replica) {
    Leadership leadership = new Leadership(shelf, identity, replica, QUICK, InstantSource.system());
    leadership.start();
    return leadership;
  }

  /// A lease in memory, guarded by versions as the API server guards it.
  private static final class Shelf implements LeaseStore {
    private Lease lease = Lease.ABSENT;
    private int version;
    private int reads;
    volatile boolean broken;

    @Override
    public synchronized Lease read() throws IOException {
      if (broken) {
        throw new IOException("the shelf is broken");
      }
      reads++;
      notifyAll();
      return lease;
    }

    @Override
    public synchronized boolean write(Lease other) throws IOException {
      if (broken) {
        throw new IOException("the shelf is broken");
      }
      if (!other.version().equals(lease.version())) {
        return false;
      }
      put(other);
      return true;
    }

    synchronized void steal(String thief) {
      put(lease.heldBy(thief, Instant.now(), Duration.ofHours(1)));
    }

    synchronized int transitions() {
      return lease.transitions();
    }

    synchronized void awaitReads(int more) throws InterruptedException {
      int enough = reads + more;
      while (reads < enough) {
        wait();
      }
    }

    private void put(Lease other) {
      version++;
      lease =
          new Lease(
              String.valueOf(version),
              other.holder(),
              other.renewed(),
              other.duration(),
              other.transitions());
    }
  }

  private static final class Recorder implements Replica {
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    @Override
    public void lead() {
      told.add("lead");
    }

    @Override
    public void retire(Ending ending) {
      told.add("retire " + ending);
    }

    String next() throws InterruptedException {
      String next = told.poll(20, TimeUnit.SECONDS);
      return next == null ? "nothing" : next;
    }
  }
}
