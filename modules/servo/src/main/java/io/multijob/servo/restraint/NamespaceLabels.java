package io.multijob.servo.restraint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.loop.PassLoop;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Has the namespaces from which podmon is withheld say so by the label [#LABEL], for a policy in
/// the API server, for other replicas and for people: who takes it away has podmon given again
/// within half a minute.
///
/// At its start it takes up what namespaces say already, to be tried after the usual time. At its
/// end the labels stay, and what they say is another's business.
///
/// Thread-safe. Everything happens on one thread, its own.
public final class NamespaceLabels implements RestraintListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NamespaceLabels.class);

  /// A namespace that has it with the value [#WITHHELD] gets no podmon.
  public static final String LABEL = PodMarks.INJECT_LABEL;

  public static final String WITHHELD = "withheld";

  /// Why, on the same namespace.
  public static final String REASON = "servo.optune.io/withheld";

  private static final Duration PASS = Duration.ofSeconds(15);
  private static final Duration DENIAL = Duration.ofMinutes(5);
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_REASON = 1_000;

  private final KubernetesApi api;
  private final Set<Scope> scopes;
  private final Restraints restraints;
  private final InstantSource clock;
  private final Semaphore changed = new Semaphore(0);
  private final PassLoop loop = new PassLoop("namespace-labels", this::runPass);

  // All below belong to the thread.
  private final Map<String, Restraint> labelled = new HashMap<>();
  private final Map<String, Instant> deniedUntil = new HashMap<>();
  private boolean tookUp;

  public NamespaceLabels(
      KubernetesApi api, Set<Scope> scopes, Restraints restraints, InstantSource clock) {
    this.api = api;
    this.scopes = Set.copyOf(scopes);
    this.restraints = restraints;
    this.clock = clock;
  }

  /// Begins to listen and to label.
  public void start() {
    restraints.tell(this);
    loop.start();
  }

  /// Ends it, and forgets what is withheld from namespaces.
  @Override
  public void close() {
    restraints.tellNoMore(this);
    loop.close();
    restraints.forgetNamespaces();
  }

  @Override
  public void withheld(Restraint restraint) {
    changed.release();
  }

  @Override
  public void lifted(Restraint restraint) {
    changed.release();
  }

  private void runPass() throws InterruptedException {
    lookAfter();
    if (changed.tryAcquire(PASS.toMillis(), TimeUnit.MILLISECONDS)) {
      changed.drainPermits();
    }
  }

  private void lookAfter() throws InterruptedException {
    try {
      if (!tookUp) {
        takeUp();
        tookUp = true;
      }
      reconcile();
    } catch (IOException e) {
      LOG.atInfo()
          .addKeyValue("reason", e.getMessage())
          .log("Labels of namespaces cannot be looked after, will try again");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Labels of namespaces failed");
    }
  }

  /// Takes up what an earlier servo has withheld.
  void takeUp() throws IOException, InterruptedException {
    for (Scope scope : scopes) {
      boolean all = scope.equals(Scope.ALL);
      String path = all ? "/api/v1/namespaces?labelSelector=" + encoded() : path(scope.namespace());
      try (ApiResponse response = api.get(path, TIME)) {
        if (!response.ok()) {
          LOG.atDebug().addKeyValue("namespace", scope).log("Namespace cannot be read");
          continue;
        }
        JsonNode read = read(response);
        for (JsonNode namespace : all ? read.path("items").values() : List.of(read)) {
          takeUp(namespace.path("metadata"));
        }
      }
    }
  }

  /// Makes the labels what they should be, and hears what people say by taking one away.
  void reconcile() throws IOException, InterruptedException {
    Map<String, Restraint> wanted = wanted();
    for (Map.Entry<String, Restraint> entry : wanted.entrySet()) {
      String namespace = entry.getKey();
      if (isDenied(namespace)) {
        continue;
      }
      String label = label(namespace);
      if (label.equals(WITHHELD)) {
        labelled.put(namespace, entry.getValue());
      } else if (labelled.remove(namespace) != null) {
        restraints.lift(
            Change.INJECTION, entry.getValue().reach(), "a person has taken the label away");
      } else if (label.isEmpty() && patch(namespace, set(entry.getValue()))) {
        labelled.put(namespace, entry.getValue());
      }
    }
    for (String namespace : List.copyOf(labelled.keySet())) {
      if (!wanted.containsKey(namespace)
          && (!label(namespace).equals(WITHHELD) || patch(namespace, cleared()))) {
        labelled.remove(namespace);
      }
    }
  }

  private void takeUp(JsonNode metadata) {
    String namespace = metadata.path("name").asString("");
    if (labelOf(metadata).equals(WITHHELD)) {
      String reason = metadata.path("annotations").path(REASON).asString("");
      ObjectRef about = new ObjectRef("v1", "Namespace", "", namespace, "");
      Reach reach = new Reach.Whole(namespace);
      restraints.withhold(
          Change.INJECTION, reach, reason.isEmpty() ? "its label says so" : reason, about);
      restraints.current().stream()
          .filter(restraint -> restraint.reach().equals(reach))
          .forEach(restraint -> labelled.put(namespace, restraint));
    }
  }

  private Map<String, Restraint> wanted() {
    Map<String, Restraint> wanted = new LinkedHashMap<>();
    for (Restraint restraint : restraints.current()) {
      if (restraint.reach() instanceof Reach.Whole(String namespace)
          && restraint.change() == Change.INJECTION) {
        wanted.put(namespace, restraint);
      }
    }
    return wanted;
  }

  /// The namespace's label; something else than it can be where the namespace cannot be read.
  private String label(String namespace) throws IOException, InterruptedException {
    try (ApiResponse response = api.get(path(namespace), TIME)) {
      if (response.ok()) {
        return labelOf(read(response).path("metadata"));
      }
      if (response.status() == 404) {
        return "gone";
      }
      denied(namespace, response);
      return "unknown";
    }
  }

  /// @return true when it is done
  private boolean patch(String namespace, ObjectNode metadata)
      throws IOException, InterruptedException {
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    patch.set("metadata", metadata);
    ApiRequest request =
        new ApiRequest(
            "PATCH",
            path(namespace) + "?fieldManager=servo",
            "application/merge-patch+json",
            patch.toString());
    try (ApiResponse response = api.send(request, TIME)) {
      if (response.ok()) {
        response.body().skip(Long.MAX_VALUE); // the connection is used again
        return true;
      }
      denied(namespace, response);
      return false;
    }
  }

  private static ObjectNode set(Restraint restraint) {
    String reason = restraint.reason();
    ObjectNode metadata = JsonMapper.shared().createObjectNode();
    metadata.putObject("labels").put(LABEL, WITHHELD);
    metadata
        .putObject("annotations")
        .put(REASON, reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON));
    return metadata;
  }

  private static ObjectNode cleared() {
    ObjectNode metadata = JsonMapper.shared().createObjectNode();
    metadata.putObject("labels").putNull(LABEL);
    metadata.putObject("annotations").putNull(REASON);
    return metadata;
  }

  private boolean isDenied(String namespace) {
    Instant until = deniedUntil.get(namespace);
    return until != null && clock.instant().isBefore(until);
  }

  private void denied(String namespace, ApiResponse response) throws IOException {
    String said = new String(response.body().readNBytes(MAX_REASON), UTF_8).strip();
    var line = deniedUntil.containsKey(namespace) ? LOG.atDebug() : LOG.atWarn();
    deniedUntil.put(namespace, clock.instant().plus(DENIAL));
    line.addKeyValue("namespace", namespace)
        .addKeyValue("reason", response.status() + ": " + said)
        .log("Namespace cannot be labelled, podmon is withheld by this replica alone");
  }

  private static String labelOf(JsonNode metadata) {
    return metadata.path("labels").path(LABEL).asString("");
  }

  private static String path(String namespace) {
    return "/api/v1/namespaces/" + namespace;
  }

  private static String encoded() {
    return URLEncoder.encode(LABEL + "=" + WITHHELD, UTF_8);
  }

  private static JsonNode read(ApiResponse response) throws IOException {
    try {
      return JsonMapper.shared().readTree(response.body().readNBytes(MAX_BYTES));
    } catch (JacksonException e) {
      throw new IOException("a namespace cannot be read: " + e.getOriginalMessage(), e);
    }
  }
}
