package io.multijob.servo.stats;

import io.multijob.servo.measurement.Run;
import io.multijob.servo.measurement.RunStats;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands complete runs to the sink, many at once so that it can take them in groups, and each again
/// and again until the sink has taken it.
///
/// At most [#PLACES] runs are on their way: whoever brings one more waits. So when the sink takes
/// nothing for long, the watches stop reading, and the cluster keeps what we cannot.
///
/// Thread-safe.
public final class RunHandover implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunHandover.class);

  private static final int PLACES = 5_000;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final RunSink sink;
  private final RunListener listener;
  private final Duration retry;
  private final Semaphore places = new Semaphore(PLACES);
  private final AtomicInteger failures = new AtomicInteger(); // in a row
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("run-handover-", 0).factory());

  /// @param retry how long a run that the sink could not take waits
  public RunHandover(RunSink sink, RunListener listener, Duration retry) {
    this.sink = sink;
    this.listener = listener;
    this.retry = retry;
  }

  /// Takes a run on its way, waiting for a place.
  ///
  /// @param taken is run when the sink has the run
  void take(CompleteRun complete, Runnable taken) throws InterruptedException {
    start(() -> {
      try {
        deliver(complete.run(listener));
        taken.run();
      } catch (InterruptedException e) {
        LOG.atInfo()
            .addKeyValue("pod", complete.ended().pod().identity().ref())
            .log("Stopped before the run was stored, it is found again at the next start");
      }
    });
  }

  /// Has a run kept to which figures may still come, waiting for a place. One that cannot be kept
  /// is put all the same when it is complete.
  void keep(EndedRun ended) throws InterruptedException {
    start(() -> {
      try {
        sink.keep(new Run(ended.pod(), ended.end(), new RunStats.Nothing()));
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("Run was not kept, it will be stored when it is complete");
      }
    });
  }

  /// Has the runs taken that an earlier servo kept, once all pods are listed.
  ///
  /// @param tracked true for the id of a run that is tracked
  void takeKept(Predicate<String> tracked) throws InterruptedException {
    start(() -> {
      while (!tookKept(tracked)) {
        Thread.sleep(retry);
      }
    });
  }

  /// Lets the runs on their way arrive, for a while. What has not is found again in the cluster.
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void start(Errand errand) throws InterruptedException {
    places.acquire();
    threads.execute(() -> {
      try {
        errand.run();
      } catch (InterruptedException e) {
        LOG.atDebug().log("Stopped before all was stored");
      } finally {
        places.release();
      }
    });
  }

  private boolean tookKept(Predicate<String> tracked) throws InterruptedException {
    try {
      sink.takeKept(tracked);
      return true;
    } catch (IOException e) {
      LOG.atWarn().setCause(e).log("Runs that were kept cannot be reported, will try again");
      return false;
    }
  }

  private void deliver(Run run) throws InterruptedException {
    while (!delivered(run)) {
      Thread.sleep(retry);
    }
  }

  /// The one place that catches everything: no failure of the sink may lose a run.
  private boolean delivered(Run run) throws InterruptedException {
    try {
      if (sink.knows(run)) {
        LOG.atDebug().addKeyValue("uid", run.id()).log("Run was reported before");
        return true;
      }
      sink.put(run);
    } catch (IOException | RuntimeException e) {
      int inARow = failures.incrementAndGet();
      if (inARow == 1) {
        LOG.atError().setCause(e).log("Runs cannot be stored, each will be tried again");
      }
      listener.notTaken(run, e, inARow);
      return false;
    }
    if (failures.getAndSet(0) > 0) {
      LOG.atInfo().log("Runs can be stored again");
    }
    LOG.atInfo()
        .addKeyValue("pod", run.pod().identity().ref())
        .addKeyValue("uid", run.id())
        .addKeyValue("reason", run.end().cause().reason())
        .log("Run is over");
    listener.reported(run);
    return true;
  }

  /// What is done on a thread of its own.
  @FunctionalInterface
  private interface Errand {
    void run() throws InterruptedException;
  }
}
