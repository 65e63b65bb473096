package io.multijob.servo.kubelet;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.kubelet.KubeletListener.Outcome;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.stats.Sample;
import io.multijob.servo.stats.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks kubelets for samples of pods: each at most once a second, for all pods that were asked for
/// meanwhile, and at most [#AT_ONCE] at a time. One that does not let us is left alone for a while.
///
/// Thread-safe. A node has a thread as long as something is asked of it.
public final class KubeletSampler implements Sampler, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KubeletSampler.class);

  private static final int AT_ONCE = 32;
  private static final int MOST_PODS = 1_000; // of one node at a time
  private static final int MOST_ADDRESSES = 10_000;
  private static final Duration BETWEEN = Duration.ofSeconds(1);
  private static final Duration DENIAL = Duration.ofMinutes(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final Kubelet kubelet;
  private final KubeletListener listener;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("kubelet-", 0).factory());

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, List<Asked>> waiting =
      new HashMap<>(); // by node, while it has a thread

  @GuardedBy("lock")
  private final Map<String, String> addresses = new HashMap<>(); // by node

  @GuardedBy("lock")
  private final Map<String, Instant> deniedUntil = new HashMap<>(); // by node

  @GuardedBy("lock")
  private final Set<Outcome> said = EnumSet.noneOf(Outcome.class);

  private record Asked(Pod pod, Answer answer) {}

  /// Asks at the port that kubelets listen on.
  ///
  /// @param api the way to the API server
  /// @param kubelets the same credentials, and how far kubelets are trusted
  public KubeletSampler(
      KubernetesApi api, KubernetesApi kubelets, KubeletListener listener, InstantSource clock) {
    this(new Kubelet(api, kubelets, Kubelet.PORT), listener, clock);
  }

  KubeletSampler(Kubelet kubelet, KubeletListener listener, InstantSource clock) {
    this.kubelet = kubelet;
    this.listener = listener;
    this.clock = clock;
  }

  @Override
  public void ask(Pod pod, Answer answer) {
    String node = pod.identity().node();
    Asked asked = new Asked(pod, answer);
    lock.lock();
    try {
      List<Asked> queue = waiting.get(node);
      if (queue == null) {
        waiting.put(node, new ArrayList<>(List.of(asked)));
        threads.execute(() -> serve(node));
      } else if (queue.size() < MOST_PODS) {
        queue.add(asked);
      } else {
        listener.asked(Outcome.SKIPPED);
        threads.execute(() -> tell(asked, Optional.empty()));
      }
    } catch (RejectedExecutionException e) {
      LOG.atDebug().addKeyValue("node", node).log("Kubelets are not asked any more");
    } finally {
      lock.unlock();
    }
  }

  /// Ends the requests under way. Who waits for one gets no answer.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().log("Requests to kubelets did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(String node) {
    try {
      for (List<Asked> batch = take(node); !batch.isEmpty(); batch = take(node)) {
        long begin = System.nanoTime();
        Map<String, Sample> samples = samples(node, batch);
        for (Asked asked : batch) {
          tell(asked, Optional.ofNullable(samples.get(asked.pod().uid())));
        }
        TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos() - (System.nanoTime() - begin));
      }
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("node", node).log("Kubelet is not asked any more");
    }
  }

  /// What is asked of the node; when that is nothing, its thread ends.
  private List<Asked> take(String node) {
    lock.lock();
    try {
      List<Asked> batch = waiting.getOrDefault(node, List.of());
      if (batch.isEmpty()) {
        waiting.remove(node);
      } else {
        waiting.put(node, new ArrayList<>());
      }
      return batch;
    } finally {
      lock.unlock();
    }
  }

  private static void tell(Asked asked, Optional<Sample> sample) {
    try {
      asked.answer().came(sample);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The one place of its thread that catches everything.
  private Map<String, Sample> samples(String node, List<Asked> batch) throws InterruptedException {
    places.acquire();
    try {
      if (isDenied(node)) {
        return conclude(node, Kubelet.Answer.failed(Outcome.SKIPPED, ""));
      }
      String address = address(node, batch.getFirst().pod());
      if (address.isEmpty()) {
        return conclude(node, Kubelet.Answer.failed(Outcome.FAILED, "its address is not known"));
      }
      Set<String> uids =
          batch.stream().map(asked -> asked.pod().uid()).collect(Collectors.toUnmodifiableSet());
      return conclude(node, kubelet.ask(address, uids));
    } catch (IOException e) {
      return conclude(node, Kubelet.Answer.failed(Outcome.FAILED, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("node", node).log("Request to a kubelet failed");
      return Map.of();
    } finally {
      places.release();
    }
  }

  private boolean isDenied(String node) {
    lock.lock();
    try {
      Instant until = deniedUntil.get(node);
      if (until == null) {
        return false;
      }
      if (clock.instant().isBefore(until)) {
        return true;
      }
      deniedUntil.remove(node);
      return false;
    } finally {
      lock.unlock();
    }
  }

  private String address(String node, Pod pod) throws IOException, InterruptedException {
    lock.lock();
    try {
      String known = addresses.get(node);
      if (known != null) {
        return known;
      }
    } finally {
      lock.unlock();
    }
    String found = kubelet.addressOf(pod.identity().toRef());
    lock.lock();
    try {
      if (!found.isEmpty() && addresses.size() < MOST_ADDRESSES) {
        addresses.put(node, found);
      }
    } finally {
      lock.unlock();
    }
    return found;
  }

  /// Notes how the request ended. An address at which it failed may be another's by now.
  private Map<String, Sample> conclude(String node, Kubelet.Answer answer) {
    listener.asked(answer.outcome());
    lock.lock();
    try {
      switch (answer.outcome()) {
        case ANSWERED -> said.clear();
        case DENIED, UNTRUSTED -> {
          deniedUntil.put(node, clock.instant().plus(DENIAL));
          say(node, answer);
        }
        case FAILED -> {
          addresses.remove(node);
          say(node, answer);
        }
        case SKIPPED -> {}
      }
    } finally {
      lock.unlock();
    }
    return answer.samples();
  }

  @GuardedBy("lock")
  private void say(String node, Kubelet.Answer answer) {
    var line = said.add(answer.outcome()) ? LOG.atWarn() : LOG.atDebug();
    line.addKeyValue("node", node)
        .addKeyValue("reason", answer.problem())
        .log("Kubelet gives no samples, runs whose image only sleeps are reported without");
  }
}
