package io.multijob.servo.restraint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.loop.PassLoop;
import java.io.IOException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Says what is withheld by a Kubernetes Event on the object where the harm was seen, so that
/// `kubectl describe` shows it to those whose object it is; and looks after the time of restraints.
///
/// An Event that cannot be written is not written: the log, the metrics and `/readyz` say the same.
///
/// Thread-safe. Everything happens on one thread, its own.
public final class EventNotices implements RestraintListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventNotices.class);

  private static final Duration PASS = Duration.ofSeconds(5);
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int PLACES = 1_000;
  private static final int MAX_POD_BYTES = 4 << 20;
  private static final int MAX_STATUS_BYTES = 16 << 10;
  private static final int MAX_MESSAGE = 1_024; // of an Event, by the API's own validation
  private static final int MAX_NAME = 200;

  private final KubernetesApi api;
  private final Restraints restraints;
  private final BlockingQueue<Restraint> queue = new ArrayBlockingQueue<>(PLACES);
  private final PassLoop loop = new PassLoop("restraint-notices", this::runPass);

  private boolean denied; // belongs to the thread

  public EventNotices(KubernetesApi api, Restraints restraints) {
    this.api = api;
    this.restraints = restraints;
  }

  /// Begins to listen and to write.
  public void start() {
    restraints.tell(this);
    loop.start();
  }

  @Override
  public void close() {
    restraints.tellNoMore(this);
    loop.close();
  }

  @Override
  public void withheld(Restraint restraint) {
    if (!restraint.about().uid().isEmpty() && !queue.offer(restraint)) {
      LOG.atDebug().log("Too many events wait to be written, one is left out");
    }
  }

  @Override
  public void lifted(Restraint restraint) {
    // Nothing to warn of.
  }

  private void runPass() throws InterruptedException {
    try {
      Restraint restraint = queue.poll(PASS.toMillis(), TimeUnit.MILLISECONDS);
      if (restraint != null) {
        write(restraint);
      }
      restraints.expire();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("Event was not written");
    }
  }

  private void write(Restraint restraint) throws IOException, InterruptedException {
    ObjectRef about = owner(restraint.about());
    ApiRequest request =
        new ApiRequest(
            "POST",
            "/api/v1/namespaces/" + about.namespace() + "/events",
            "application/json",
            event(restraint, about));
    try (ApiResponse response = api.send(request, TIME)) {
      String said = new String(response.body().readNBytes(MAX_STATUS_BYTES), UTF_8);
      if (response.status() / 100 == 2) {
        denied = false;
        return;
      }
      var line = denied ? LOG.atDebug() : LOG.atWarn();
      denied = response.status() == 401 || response.status() == 403;
      line.addKeyValue("namespace", about.namespace())
          .addKeyValue("reason", response.status() + ": " + said.strip())
          .log("Events cannot be written, what is withheld is said elsewhere only");
    }
  }

  /// What made the pod, or the object itself.
  private ObjectRef owner(ObjectRef about) throws InterruptedException {
    if (!about.kind().equals("Pod")) {
      return about;
    }
    String path = "/api/v1/namespaces/" + about.namespace() + "/pods/" + about.name();
    try (ApiResponse response = api.get(path, TIME)) {
      JsonNode metadata =
          JsonMapper.shared().readTree(response.body().readNBytes(MAX_POD_BYTES)).path("metadata");
      for (JsonNode reference : metadata.path("ownerReferences")) {
        if (reference.path("controller").asBoolean(false)) {
          return new ObjectRef(
              reference.path("apiVersion").asString(""),
              reference.path("kind").asString(""),
              about.namespace(),
              reference.path("name").asString(""),
              reference.path("uid").asString(""));
        }
      }
    } catch (IOException | JacksonException e) {
      LOG.atDebug().setCause(e).log("Owner of a pod is not known, the event goes to the pod");
    }
    return about;
  }

  private static String event(Restraint restraint, ObjectRef about) {
    String reason =
        switch (restraint.change()) {
          case INJECTION -> "MeasurementWithheld";
          case ADJUSTMENT -> "AdjustmentWithheld";
        };
    ObjectNode event = JsonMapper.shared().createObjectNode();
    event.put("apiVersion", "v1").put("kind", "Event").put("type", "Warning");
    event
        .putObject("metadata")
        .put("generateName", cut(about.name(), MAX_NAME) + ".")
        .put("namespace", about.namespace());
    event
        .putObject("involvedObject")
        .put("apiVersion", about.apiVersion())
        .put("kind", about.kind())
        .put("namespace", about.namespace())
        .put("name", about.name())
        .put("uid", about.uid());
    String at = restraint.since().truncatedTo(ChronoUnit.SECONDS).toString();
    event
        .put("reason", reason)
        .put("message", cut(message(restraint), MAX_MESSAGE))
        .put("firstTimestamp", at)
        .put("lastTimestamp", at)
        .put("count", 1);
    event.putObject("source").put("component", "servo");
    return event.toString();
  }

  private static String message(Restraint restraint) {
    return "From now on %s (tried again after %s)"
        .formatted(restraint, restraint.until().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most);
  }
}
