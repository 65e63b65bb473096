package io.multijob.servo;

import io.multijob.servo.kubernetes.ClusterFeatures;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.retry.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what the cluster can do, and what is set up in it, and has pods changed so: beside the
/// start, which does not wait for it. With `ADMISSION=auto` it looks again, so that a policy or a
/// webhook that is set up later is served.
///
/// Thread-safe. Everything happens on one thread, its own.
final class AdmissionWays implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdmissionWays.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration AGAIN = Duration.ofSeconds(10);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final KubernetesApi api;
  private final AdmissionMode asked;
  private final Beginning beginning;
  private final Thread thread = Thread.ofVirtual().name("admission").unstarted(this::run);

  private volatile String state = "not known yet what the cluster can do";

  /// Begins to change pods.
  @FunctionalInterface
  interface Beginning {
    /// Pods are changed so from now on; what has begun goes on.
    ///
    /// @param mode how; [AdmissionMode#NONE] where only initializers are served
    void begin(ClusterFeatures features, AdmissionMode mode) throws InterruptedException;
  }

  /// @param asked as is configured
  /// @param beginning is told of each way that is found, and those before with it
  AdmissionWays(KubernetesApi api, AdmissionMode asked, Beginning beginning) {
    this.api = api;
    this.asked = asked;
    this.beginning = beginning;
  }

  void start() {
    thread.start();
  }

  /// How far it has come, for a person.
  String state() {
    return state;
  }

  /// Nothing begins after this.
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().log("Admission did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      follow(untilAnswered(() -> ClusterFeatures.ask(api)));
    } catch (InterruptedException e) {
      LOG.atDebug().log("Admission stopped");
    } catch (RuntimeException e) {
      if (!Thread.currentThread().isInterrupted()) { // as what is begun while all is closed
        state = "failed: " + e.getMessage();
        LOG.atError().setCause(e).log("Pods are not changed as they should be, until a restart");
      }
    }
  }

  private void follow(ClusterFeatures features) throws InterruptedException {
    if (features.initializers()) {
      begin(features, AdmissionMode.NONE);
      state = "by initializer, Kubernetes " + features;
      return;
    }
    if (asked == AdmissionMode.AUTO) {
      followWhatIsSetUp(features);
      return;
    }
    AdmissionMode mode = asked.in(features);
    if (mode == AdmissionMode.NONE) {
      state = "ADMISSION=policy needs MutatingAdmissionPolicy v1, not served by " + features;
      LOG.atError()
          .addKeyValue("version", features)
          .log("Pods are not changed: the cluster has no MutatingAdmissionPolicy v1");
      return;
    }
    begin(features, mode);
  }

  private void followWhatIsSetUp(ClusterFeatures features) throws InterruptedException {
    InstalledAdmission installed = new InstalledAdmission(api);
    AdmissionMode mode = AdmissionMode.NONE;
    while (true) {
      AdmissionMode found = untilAnswered(() -> installed.find(features)).and(mode);
      if (found == mode) {
        state = mode == AdmissionMode.NONE ? "no policy and no webhook is set up" : "by " + mode;
      } else {
        mode = found;
        begin(features, mode);
      }
      Thread.sleep(AGAIN);
    }
  }

  private void begin(ClusterFeatures features, AdmissionMode mode) throws InterruptedException {
    beginning.begin(features, mode);
    state = "by " + mode;
    LOG.atInfo()
        .addKeyValue("way", features.initializers() ? "initializer" : mode)
        .addKeyValue("version", features)
        .log("Pods are changed before they start");
  }

  /// Asks until there is an answer.
  private <T> T untilAnswered(Question<T> question) throws InterruptedException {
    for (int failures = 1; ; failures++) {
      try {
        return question.ask();
      } catch (IOException | RuntimeException e) {
        state = "not known what the cluster can do: " + e.getMessage();
        if (failures == 3) {
          LOG.atWarn().setCause(e).log("API server does not say what it can do, will ask again");
        }
        Thread.sleep(BACKOFF.pause(failures, RandomGenerator.getDefault()));
      }
    }
  }

  /// Something that the API server is asked.
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException, InterruptedException;
  }
}
