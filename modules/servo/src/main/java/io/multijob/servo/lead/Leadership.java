package io.multijob.servo.lead;

import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets one of several replicas act: who holds the Lease. It renews it; when that has failed for so
/// long that another might take it soon, the replica acts no more. An orderly stop gives the Lease
/// away at once.
///
/// How long a lease holds is counted by our own clock from when we saw it change: clocks of
/// machines differ.
///
/// Thread-safe. Everything happens on one thread, its own; [Replica] is called there as well.
public final class Leadership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final LeaseStore store;
  private final String identity;
  private final Replica replica;
  private final Timing timing;
  private final InstantSource clock;
  private final Thread thread = Thread.ofVirtual().name("leadership").unstarted(this::run);

  private volatile boolean leads;
  private volatile String leader = "";
  private volatile Optional<String> problem = Optional.empty();

  // All below belong to the thread.
  private Lease seen = Lease.ABSENT;
  private long seenChanging = System.nanoTime();
  private long renewed = System.nanoTime();

  /// How a lease is kept.
  ///
  /// @param duration how long it holds after it was renewed
  /// @param giveUp how long it may not be renewed before we act no more; leaves time to stop
  /// @param period how often it is renewed
  /// @param look how often who does not lead looks at it
  public record Timing(Duration duration, Duration giveUp, Duration period, Duration look) {
    public static final Timing DEFAULT =
        new Timing(
            Duration.ofSeconds(12),
            Duration.ofSeconds(7),
            Duration.ofSeconds(2),
            Duration.ofMillis(400));
  }

  /// @param identity who we are among the replicas; unique
  public Leadership(
      KubernetesApi api, LeaseName name, String identity, Replica replica, InstantSource clock) {
    this(new ClusterLease(api, name.in(api.namespace())), identity, replica, Timing.DEFAULT, clock);
  }

  Leadership(
      LeaseStore store, String identity, Replica replica, Timing timing, InstantSource clock) {
    this.store = store;
    this.identity = identity;
    this.replica = replica;
    this.timing = timing;
    this.clock = clock;
  }

  public void start() {
    thread.start();
  }

  /// True while we act.
  public boolean leads() {
    return leads;
  }

  /// Who holds the lease, as far as we know; empty when nobody does.
  public String leader() {
    return leader;
  }

  /// What keeps us from knowing who leads, if anything does.
  public Optional<String> problem() {
    return problem;
  }

  /// Acts no more, and gives the lease away.
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().log("Leadership did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(runPass());
      }
    } catch (InterruptedException e) {
      if (leads) {
        retire(Replica.Ending.STOPPED, "stopping");
        giveAway();
      }
    }
  }

  /// The one place that catches everything: no failure of a pass may end the loop.
  private Duration runPass() throws InterruptedException {
    try {
      pass();
      if (problem.isPresent()) {
        LOG.atInfo().log("Lease can be kept again");
      }
      problem = Optional.empty();
    } catch (IOException | RuntimeException e) {
      if (problem.isEmpty()) {
        LOG.atWarn().setCause(e).log("Lease cannot be kept, will try again");
      }
      problem = Optional.of(String.valueOf(e.getMessage()));
    }
    if (leads && since(renewed).compareTo(timing.giveUp()) > 0) {
      retire(Replica.Ending.LOST, "the lease could not be renewed");
    }
    return leads && problem.isEmpty() ? timing.period() : timing.look();
  }

  /// Looks at the lease, takes it if nobody has it, renews it if it is ours.
  void pass() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Lease lease = store.read();
    if (!lease.version().equals(seen.version())) {
      seen = lease;
      seenChanging = begin;
    }
    leader = lease.holder();
    if (lease.holder().equals(identity) || (leads && lease.holder().isEmpty())) {
      renew(lease, begin); // an empty one was deleted, or emptied by hand
    } else if (leads) {
      retire(Replica.Ending.LOST, lease.holder() + " has the lease");
    } else if (lease.holder().isEmpty() || since(seenChanging).compareTo(lease.duration()) > 0) {
      renew(lease, begin);
    }
  }

  private void renew(Lease lease, long begin) throws IOException, InterruptedException {
    if (!store.write(lease.heldBy(identity, clock.instant(), timing.duration()))) {
      return; // another was faster: the next pass sees who
    }
    renewed = begin;
    leader = identity;
    if (!leads) {
      LOG.atInfo().addKeyValue("identity", identity).log("Leading");
      replica.lead();
      leads = true; // a replica that could not begin is asked again at the next renewal
    }
  }

  private void retire(Replica.Ending ending, String reason) {
    LOG.atInfo().addKeyValue("reason", reason).log("Leading no more");
    leads = false;
    replica.retire(ending);
  }

  private void giveAway() {
    try {
      Lease lease = store.read();
      if (lease.holder().equals(identity)) {
        boolean _ = store.write(lease.released(clock.instant()));
      }
    } catch (IOException e) {
      LOG.atInfo().setCause(e).log("Lease was not given away, it will expire");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
