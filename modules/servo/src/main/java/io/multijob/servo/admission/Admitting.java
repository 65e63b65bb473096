package io.multijob.servo.admission;

import io.multijob.protocol.Command;
import io.multijob.servo.admission.Restraint.Change;
import io.multijob.servo.admission.Review.Manner;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.injection.Injected;
import io.multijob.servo.pod.AppId;
import io.multijob.servo.pod.AppIdPath;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Takes a pod that is about to be made through everything: what is known of its namespace, what
/// may be done to it, what the service wants, and the decision; and says what it did.
///
/// Thread-safe.
public final class Admitting {
  private static final Logger LOG = LoggerFactory.getLogger(Admitting.class);

  private static final int MAX_SAID = 10_000;

  private final PodAdmission core;
  private final Function<String, KnownNamespace> namespaces;
  private final Restraint restraint;
  private final Hearing service;
  private final AdmissionListener listener;
  private final Talks talks = new Talks();

  /// The namespaces and reasons of which was said that podmon is left out.
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  /// @param namespaces what is known of each; answers at once
  public Admitting(
      PodAdmission core,
      Function<String, KnownNamespace> namespaces,
      Restraint restraint,
      Hearing service,
      AdmissionListener listener) {
    this.core = core;
    this.namespaces = namespaces;
    this.restraint = restraint;
    this.service = service;
    this.listener = listener;
  }

  /// Whose the pod is.
  public Whose whose(JsonNode pod, String namespace) {
    return core.whose(pod, namespace);
  }

  /// The pod as it is wanted, as [#admit] decides; the same document where it is none of ours.
  ///
  /// @param pod its document, with its namespace; not changed
  public ObjectNode wanted(ObjectNode pod) {
    String namespace = pod.path("metadata").path("namespace").asString("");
    return switch (whose(pod, namespace)) {
      case Whose.NotOurs _ -> pod;
      case Whose.Ours(AppId app) -> admit(app, pod, namespace).wanted();
    };
  }

  /// Decides of a pod of ours that is made in earnest, after the service was asked.
  public Decision admit(AppId app, ObjectNode pod, String namespace) {
    KnownNamespace known = namespaces.apply(namespace);
    Set<Change> allowed = allowed(namespace, known, app.value());
    Optional<Agreement> before = talks.recall(app, pod);
    Agreement agreed = before.orElseGet(() -> ask(app, pod, known, allowed));
    Decision decision = core.decide(app.value(), pod, known, agreed, allowed);
    if (before.isEmpty()) {
      tell(decision, pod, namespace);
      talks.note(app, decision.wanted(), agreed);
    }
    return decision;
  }

  /// Decides of a pod of ours so that nobody notices: nobody is asked, nothing is said or counted.
  public Decision rehearse(AppId app, ObjectNode pod, String namespace) {
    KnownNamespace known = namespaces.apply(namespace);
    return core.decide(
        app.value(),
        pod,
        known,
        service.conversation().withoutAsking(app.value()),
        allowed(namespace, known, app.value()));
  }

  Decision decide(AppId app, Review.Creation creation) {
    return creation.manner() == Manner.REHEARSED
        ? rehearse(app, creation.pod(), creation.namespace())
        : admit(app, creation.pod(), creation.namespace());
  }

  void reviewed(AdmissionListener.Ending ending, Duration took) {
    listener.reviewed(ending, took);
  }

  private Agreement ask(AppId app, ObjectNode pod, KnownNamespace known, Set<Change> allowed) {
    return allowed.contains(Change.ADJUST)
        ? service.before(app.value(), () -> core.description(pod, known))
        : new Agreement.Unchanged("adjustment was stopped here");
  }

  private Set<Change> allowed(String namespace, KnownNamespace known, String appId) {
    Set<Change> allowed = EnumSet.noneOf(Change.class);
    for (Change change : Change.values()) {
      if (restraint.allows(change, namespace, appId)) {
        allowed.add(change);
      }
    }
    if (known.adjusting() == KnownNamespace.Adjusting.WITHHELD) {
      allowed.remove(Change.ADJUST);
    }
    return allowed;
  }

  private void tell(Decision decision, ObjectNode pod, String namespace) {
    listener.decided(namespace, AppIdPath.controllerOf(pod), decision);
    String name = namespace + "/" + nameOf(pod);
    switch (decision.adjustment()) {
      case Adjustment.Applied(var settings, var freshness) ->
          LOG.atInfo()
              .addKeyValue("pod", name)
              .addKeyValue("app", decision.appId())
              .addKeyValue("settings", settings)
              .addKeyValue("from", freshness)
              .log("Pod adjusted");
      case Adjustment.Rehearsed(var settings) ->
          LOG.atInfo()
              .addKeyValue("pod", name)
              .addKeyValue("app", decision.appId())
              .addKeyValue("settings", settings)
              .log("Pod would be adjusted");
      case Adjustment.Unfit(Command.Adjust command, String message) -> {
        LOG.atDebug().addKeyValue("pod", name).addKeyValue("reason", message).log("Not adjusted");
        service.refusals().unfit(decision.appId(), command, message);
      }
      case Adjustment.None(String reason) ->
          LOG.atDebug().addKeyValue("pod", name).addKeyValue("reason", reason).log("Not adjusted");
    }
    if (decision.podmon() instanceof Injected.Left(var reason)
        && reason.concernsAPerson()
        && said.size() < MAX_SAID
        && said.add(namespace + " " + reason)) {
      LOG.atWarn()
          .addKeyValue("namespace", namespace)
          .addKeyValue("pod", name)
          .addKeyValue("reason", reason.text())
          .log("Pods are left without podmon, said once");
    }
  }

  private static String nameOf(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    return metadata.path("name").asString(metadata.path("generateName").asString(""));
  }
}
