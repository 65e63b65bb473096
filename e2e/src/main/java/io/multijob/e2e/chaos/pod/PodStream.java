package io.multijob.e2e.chaos.pod;

import io.multijob.e2e.chaos.ledger.Ledger;
import io.multijob.e2e.cluster.TestCluster;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Pods that come at a rate, and live as they are drawn.
///
/// Thread-safe.
public final class PodStream implements AutoCloseable {
  private static final int APPS = 20;

  private final Surroundings surroundings;
  private final TrialNode node;
  private final Kind kind;
  private final SplittableRandom random; // of the thread's
  private final CountDownLatch closing;
  private final Thread thread = Thread.ofVirtual().name("pods").unstarted(this::run);
  private final ExecutorService lives = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places;
  private final AtomicInteger begun = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

  private PodStream(Surroundings surroundings, TrialNode node, Kind kind, SplittableRandom random) {
    this.surroundings = surroundings;
    this.node = node;
    this.kind = kind;
    this.places = new Semaphore(kind.atOnce());
    this.random = random;
    this.closing = surroundings.closing();
  }

  /// Where the pods go, and where what podmon posts.
  public record Place(TestCluster cluster, String namespace, int statsPort) {}

  /// Which pods come.
  ///
  /// @param rate how many a second
  /// @param atOnce how many are between their creation and what is to become of them at the most;
  ///   when the API server is too slow for that, fewer come
  /// @param plans draws what is to become of each
  public record Kind(double rate, int atOnce, Function<SplittableRandom, PodPlan> plans) {}

  /// Makes the node and lets the first pod come.
  public static PodStream start(
      Place place, Kind kind, SplittableRandom random, Ledger ledger, InstantSource clock)
      throws IOException, InterruptedException {
    PodApi api =
        new PodApi(
            place.cluster().client().getHttpClient(),
            place.cluster().client().getMasterUrl().toString(),
            clock);
    TrialNode node = TrialNode.create(api, place.namespace());
    Surroundings surroundings =
        new Surroundings(
            api,
            place.namespace(),
            node.name(),
            new Posts(place.statsPort()),
            ledger,
            new CountDownLatch(1));
    PodStream stream = new PodStream(surroundings, node, kind, random);
    stream.thread.start();
    return stream;
  }

  /// How many have begun their lives, be it that they are not created yet.
  public int begun() {
    return begun.get();
  }

  /// What kept pods from living as they were drawn; empty when all is well.
  public List<String> problems() {
    return List.copyOf(problems);
  }

  /// Lets nothing new begin, lets those that wait for their deletion stay, and waits until every
  /// other has come to what was drawn.
  public void finish() throws InterruptedException {
    thread.interrupt();
    thread.join();
    closing.countDown();
    lives.close(); // each attempt of theirs to be heard is bounded
  }

  @Override
  public void close() throws IOException {
    thread.interrupt();
    closing.countDown();
    lives.shutdownNow();
    surroundings.posts().close();
    node.close();
  }

  private void run() {
    long start = System.nanoTime();
    double between = Duration.ofSeconds(1).toNanos() / kind.rate();
    try {
      while (true) {
        int number = begun.incrementAndGet();
        places.acquire();
        PodPlan plan = kind.plans().apply(random);
        lives.execute(() -> live(number, plan));
        long next = start + Math.round(number * between);
        Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to stop
    }
  }

  /// The one place that catches everything: what is wrong with one pod ends no other.
  private void live(int number, PodPlan plan) {
    String name = "chaos-" + number;
    try {
      new PodLife(surroundings, name, plan).live("app-" + number % APPS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the trial is given up
    } catch (IOException | RuntimeException e) {
      problems.add(name + ": " + e);
    } finally {
      places.release();
    }
  }
}
