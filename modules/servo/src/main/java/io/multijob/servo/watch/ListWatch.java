package io.multijob.servo.watch;

import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.loop.PassLoop;
import io.multijob.servo.retry.Backoff;
import io.multijob.servo.retry.RetryAfter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lists the pods of one [Scope] and follows them by a watch, until closed.
///
/// Whatever ends a watch, it is taken up where it ended: after the last event that the sink has
/// taken. Where the API server has forgotten that place (410), everything is listed anew, and the
/// sink learns from the list what it has missed.
///
/// Thread-safe. Everything happens on one thread, the watcher's own.
///
/// @param <T> the form in which pods are seen
final class ListWatch<T> implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);

  private static final Duration SOONEST_END = Duration.ofSeconds(1);
  private static final int MAX_STATUS_BYTES = 64 * 1024;

  /// So many answers in a row that are of no use, and what we know of the place is doubted. Not
  /// sooner: a list tells less of what has happened meanwhile than the watch would.
  private static final int FAILURES_TO_RELIST = 3;

  /// So often an API server that starts may turn us away before a person has to act.
  private static final int FAILURES_TO_ALARM = 3;

  private final Scope scope;
  private final PodFeed<T> feed;
  private final ObjectSink<T> sink;
  private final WatchListener listener;
  private final PodDecoder<T> decoder;
  private final PassLoop loop;

  // All below belong to the watcher's thread.
  private String version = ""; // where the watch goes on; empty: list first
  private boolean byPages = true;
  private int failures; // in a row
  private Duration retryAfter = Duration.ZERO;

  /// @param thread the name of its thread
  ListWatch(PodFeed<T> feed, ObjectSink<T> sink, WatchListener listener, String thread) {
    this.scope = feed.requests().scope();
    this.feed = feed;
    this.sink = sink;
    this.listener = listener;
    this.decoder = new PodDecoder<>(feed.form());
    this.loop = new PassLoop(thread, () -> Thread.sleep(runPass()));
  }

  /// Starts. It starts once; after [#close()], make a new one.
  void start() {
    loop.start();
  }

  /// Ends the watch in progress and waits for its thread.
  @Override
  public void close() {
    loop.close();
  }

  private Duration runPass() throws InterruptedException {
    Optional<WatchProblem> problem;
    try {
      problem = listAndWatch();
    } catch (GarbledException e) {
      problem =
          Optional.of(new WatchProblem(WatchProblem.Kind.GARBLED, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        return Duration.ZERO;
      }
      problem =
          Optional.of(
              new WatchProblem(WatchProblem.Kind.UNREACHABLE, String.valueOf(e.getMessage())));
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("namespace", scope).log("Pod watch failed");
      problem =
          Optional.of(new WatchProblem(WatchProblem.Kind.INTERNAL, e.getClass().getSimpleName()));
    }
    return problem.map(this::pauseAfter).orElse(Duration.ZERO);
  }

  /// One list, if one is due, and one watch after it; tells what went wrong, if anything did.
  Optional<WatchProblem> listAndWatch() throws IOException, InterruptedException {
    if (version.isEmpty()) {
      Optional<WatchProblem> problem = list();
      if (problem.isPresent()) {
        return problem;
      }
    }
    return watch();
  }

  private Optional<WatchProblem> list() throws IOException, InterruptedException {
    sink.listing(scope);
    int pods = 0;
    String request = byPages ? feed.requests().firstPage() : feed.requests().whole();
    while (true) {
      try (ApiResponse response = feed.api().get(request, feed.timing().patience())) {
        if (!response.ok()) {
          WatchProblem problem = problem(response);
          byPages = byPages && problem.kind() != WatchProblem.Kind.EXPIRED;
          return Optional.of(problem);
        }
        PodDecoder.Page page =
            decoder.readList(
                response.body(),
                pod -> {
                  listener.received(scope);
                  sink.seen(pod);
                });
        pods += page.pods();
        if (page.continueToken().isEmpty()) {
          sink.listed(scope);
          listener.listed(scope, pods);
          version = page.version();
          byPages = true;
          return Optional.empty();
        }
        request = feed.requests().nextPage(page.continueToken());
      }
    }
  }

  private Optional<WatchProblem> watch() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    String request = feed.requests().watch(version, feed.timing().length());
    try (ApiResponse response = feed.api().get(request, feed.timing().silence())) {
      if (!response.ok()) {
        return Optional.of(problem(response));
      }
      listener.watching(scope);
      Follower follower = new Follower();
      decoder.readWatch(response.body(), follower::take);
      if (follower.problem.isPresent() || follower.events > 0) {
        return follower.problem;
      }
      if (System.nanoTime() - begin < SOONEST_END.toNanos()) {
        return Optional.of(
            new WatchProblem(WatchProblem.Kind.UNREACHABLE, "the watch ended as soon as it began"));
      }
      failures = 0; // nothing happened, and that was said in order
      return Optional.empty();
    }
  }

  /// Takes the events of one watch.
  private final class Follower {
    private Optional<WatchProblem> problem = Optional.empty();
    private int events;

    /// False when the watch cannot go on.
    boolean take(WatchEvent<T> event) throws InterruptedException {
      switch (event) {
        case WatchEvent.Seen<T>(var pod, String at) -> {
          sink.seen(pod);
          advance(at);
        }
        case WatchEvent.Gone<T>(var pod, String at) -> {
          sink.gone(pod);
          advance(at);
        }
        case WatchEvent.Bookmark<T>(String at) -> advance(at);
        case WatchEvent.Failed<T>(Failure failure) -> {
          problem = Optional.of(failure.problem(failure.code()));
          return false;
        }
      }
      events++;
      return true;
    }

    private void advance(String at) {
      if (!at.isEmpty()) {
        version = at;
      }
      failures = 0;
      listener.received(scope);
    }
  }

  private WatchProblem problem(ApiResponse response) throws IOException {
    retryAfter = RetryAfter.parse(response.retryAfter(), Instant.now());
    byte[] body = response.body().readNBytes(MAX_STATUS_BYTES);
    return decoder.readStatus(new ByteArrayInputStream(body)).problem(response.status());
  }

  private Duration pauseAfter(WatchProblem problem) {
    failures++;
    boolean useless =
        problem.kind() == WatchProblem.Kind.GARBLED || problem.kind() == WatchProblem.Kind.REFUSED;
    if (problem.kind() == WatchProblem.Kind.EXPIRED
        || (useless && failures % FAILURES_TO_RELIST == 0)) {
      version = "";
    }
    report(problem);
    Duration asked = retryAfter;
    retryAfter = Duration.ZERO;
    if (problem.kind() == WatchProblem.Kind.EXPIRED && failures == 1) {
      return Duration.ZERO;
    }
    Backoff backoff = problem.kind().denied() ? feed.timing().denied() : feed.timing().backoff();
    Duration pause = backoff.pause(failures, ThreadLocalRandom.current());
    return pause.compareTo(asked) < 0 ? asked : pause;
  }

  private void report(WatchProblem problem) {
    listener.failed(scope, problem, failures);
    var line =
        switch (problem.kind()) {
          case UNAUTHORIZED, FORBIDDEN, NOT_FOUND ->
              failures < FAILURES_TO_ALARM ? LOG.atWarn() : LOG.atError();
          case EXPIRED -> LOG.atInfo();
          case UNREACHABLE, BUSY, REFUSED, GARBLED, INTERNAL -> LOG.atWarn();
        };
    line.addKeyValue("namespace", scope)
        .addKeyValue("kind", problem.kind())
        .addKeyValue("reason", problem.message())
        .addKeyValue("failures", failures)
        .log("Pod watch was interrupted");
  }
}
