package io.multijob.servo.restraint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.loop.PassLoop;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchTiming;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Hears, in one [Scope], of pods that the API server refuses to their owners: their controllers
/// write an Event with the reason `FailedCreate`.
///
/// What happens while nobody watches is not made up for: a controller tries again, and is refused
/// again. Without permission it is said once, and tried again every minute.
///
/// Thread-safe. Everything happens on one thread, the watch's own.
public final class RefusalWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalWatch.class);

  private static final Duration DENIAL = Duration.ofMinutes(1);
  private static final Duration SOONEST = Duration.ofMillis(500);
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int EXPIRED = 410;
  private static final int MAX_LIST_BYTES = 1 << 20;
  private static final Set<Change> ANY = EnumSet.allOf(Change.class);

  private final Scope scope;
  private final KubernetesApi api;
  private final WatchTiming timing;
  private final ChangeSource beyond;
  private final Restraints restraints;
  private final PassLoop loop;

  // All below belong to the watch's thread.
  private String version = ""; // where the watch goes on; empty: ask first
  private int failures; // in a row
  private boolean denied;

  /// @param beyond knows of changes that the restraints are not told of
  public RefusalWatch(
      Scope scope,
      KubernetesApi api,
      WatchTiming timing,
      ChangeSource beyond,
      Restraints restraints) {
    this.scope = scope;
    this.api = api;
    this.timing = timing;
    this.beyond = beyond;
    this.restraints = restraints;
    this.loop = new PassLoop("refusal-watch-" + scope, () -> Thread.sleep(runPass()));
  }

  public void start() {
    loop.start();
  }

  @Override
  public void close() {
    loop.close();
  }

  private Duration runPass() throws InterruptedException {
    try {
      follow();
      failures = 0;
      return denied ? DENIAL : SOONEST;
    } catch (IOException e) {
      failures++;
      if (failures == 1 && !Thread.currentThread().isInterrupted()) {
        LOG.atInfo()
            .addKeyValue("namespace", scope)
            .addKeyValue("reason", e.getMessage())
            .log("Refused pods are not heard of, will try again");
      }
    } catch (RuntimeException e) {
      failures++;
      version = "";
      LOG.atError().setCause(e).addKeyValue("namespace", scope).log("Watch of refusals failed");
    }
    return timing.backoff().pause(failures, ThreadLocalRandom.current());
  }

  /// One watch, from where the one before ended.
  void follow() throws IOException, InterruptedException {
    if (version.isEmpty() && !begin()) {
      return;
    }
    String request =
        all()
            + "&watch=true&allowWatchBookmarks=true&timeoutSeconds="
            + timing.length().toSeconds()
            + "&resourceVersion="
            + URLEncoder.encode(version, UTF_8);
    try (ApiResponse response = api.get(request, timing.silence())) {
      if (isAllowed(response)) {
        RefusalReader.read(response.body(), this::take);
      } else {
        version = "";
      }
    }
  }

  /// Finds the place from which to watch; false when we may not.
  private boolean begin() throws IOException, InterruptedException {
    try (ApiResponse response = api.get(all() + "&limit=1", timing.patience())) {
      if (!isAllowed(response)) {
        return false;
      }
      byte[] list = response.body().readNBytes(MAX_LIST_BYTES);
      version =
          JsonMapper.shared().readTree(list).path("metadata").path("resourceVersion").asString("");
      if (version.isEmpty()) {
        throw new IOException("expected a list of events, found one without a resourceVersion");
      }
      return true;
    } catch (JacksonException e) {
      throw new IOException("the list of events is garbled: " + e.getOriginalMessage(), e);
    }
  }

  /// @throws IOException if it is neither allowed nor denied
  private boolean isAllowed(ApiResponse response) throws IOException {
    if (response.ok()) {
      denied = false;
      return true;
    }
    if (response.status() == EXPIRED) {
      return false;
    }
    if (response.status() != UNAUTHORIZED && response.status() != FORBIDDEN) {
      throw new IOException("events cannot be watched: " + response.status());
    }
    if (!denied) {
      LOG.atWarn()
          .addKeyValue("namespace", scope)
          .log("No permission to watch events, pods that are refused for our sake go unseen");
    }
    denied = true;
    return false;
  }

  private boolean take(RefusalReader.Line line) throws InterruptedException {
    if (line.refusal().isPresent()) {
      judge(line.refusal().get());
    }
    version = line.version();
    return !version.isEmpty();
  }

  private void judge(Refusal refusal) throws InterruptedException {
    if (refusal.concerns(ANY).isEmpty()) {
      return;
    }
    Optional<ChangeSource.Made> made = Optional.empty();
    if (!restraints.knows(refusal.owner())) {
      try {
        made = beyond.find(refusal.owner());
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("Not known whether a refused pod was changed");
      }
    }
    restraints.refused(refusal, made);
  }

  private String all() {
    String path =
        scope.equals(Scope.ALL) ? "/api/v1/events" : "/api/v1/namespaces/" + scope + "/events";
    return path + "?fieldSelector=reason%3DFailedCreate";
  }
}
