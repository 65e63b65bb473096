package io.multijob.servo.admission;

import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.servo.adjustment.AdjustSettings;
import io.multijob.servo.adjustment.Adjusted;
import io.multijob.servo.adjustment.Adjusting;
import io.multijob.servo.adjustment.AdjustmentNotes;
import io.multijob.servo.adjustment.Bounds;
import io.multijob.servo.adjustment.Describing;
import io.multijob.servo.adjustment.Mode;
import io.multijob.servo.adjustment.PodResources;
import io.multijob.servo.adjustment.PodSettings;
import io.multijob.servo.admission.KnownNamespace.HostPaths;
import io.multijob.servo.admission.KnownNamespace.Podmon;
import io.multijob.servo.admission.Restraint.Change;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.Agreement.Freshness;
import io.multijob.servo.injection.Injected;
import io.multijob.servo.injection.Injected.Reason;
import io.multijob.servo.injection.Injection;
import io.multijob.servo.pod.PodMarks;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Decides what becomes of a pod that is about to be made. Pure, and idempotent: what is decided of
/// a pod as it is wanted is that same pod.
///
/// The service's settings come first and podmon after them, because they may change the pod's QoS
/// class, which podmon must keep. Where the service wants none, or where they do not fit or are
/// withheld, the pod is as its author made it, without what a policy has put in before.
///
/// Thread-safe.
public final class PodAdmission {
  private static final String STOPPED = "adjustment was stopped here";

  private final PodRules rules;
  private final List<Injection> injection;
  private final AdjustSettings adjust;
  private final Finalizer finalizer;

  /// Whether pods get the finalizer that holds them until their run is reported.
  public enum Finalizer {
    PUT_IN,
    LEFT_OUT
  }

  /// @param injection puts podmon in; none where no image is configured: at most one
  public PodAdmission(
      PodRules rules, List<Injection> injection, AdjustSettings adjust, Finalizer finalizer) {
    this.rules = rules;
    this.injection = List.copyOf(injection);
    this.adjust = adjust;
    this.finalizer = finalizer;
  }

  /// Whose the pod is.
  ///
  /// @param namespace as the request says
  public Whose whose(JsonNode pod, String namespace) {
    return rules.whose(pod, namespace);
  }

  /// What the service is told of a pod of ours when it asks.
  public Description description(JsonNode pod, KnownNamespace namespace) {
    return Describing.describe(PodResources.of(pod, rules.appId()), bounds(namespace));
  }

  /// What becomes of a pod of ours.
  ///
  /// @param pod its document, which is not changed
  /// @param agreed with the service
  /// @param allowed what may be done to it
  public Decision decide(
      String appId,
      ObjectNode pod,
      KnownNamespace namespace,
      Agreement agreed,
      Set<Change> allowed) {
    ObjectNode wanted = pod.deepCopy();
    AdjustmentNotes.dropStale(wanted);
    Adjustment adjustment = adjust(wanted, namespace, agreed, allowed);
    if (adjustment instanceof Adjustment.Unfit
        || agreed instanceof Agreement.AsAuthored
        || !allowed.contains(Change.ADJUST)) {
      PodSettings.NONE.applyTo(wanted); // what a policy has set before us
    }
    Injected podmon = inject(wanted, namespace, allowed);
    if (finalizer == Finalizer.PUT_IN) {
      hold(wanted);
    }
    return new Decision(appId, wanted, adjustment, podmon);
  }

  private Adjustment adjust(
      ObjectNode pod, KnownNamespace namespace, Agreement agreed, Set<Change> allowed) {
    return switch (agreed) {
      case Agreement.AsAuthored(String reason) -> new Adjustment.None(reason);
      case Agreement.Unchanged(String reason) -> new Adjustment.None(reason);
      case Agreement.Adjust(Command.Adjust command, Freshness freshness) ->
          allowed.contains(Change.ADJUST)
              ? adjust(pod, bounds(namespace), command, freshness)
              : new Adjustment.None(STOPPED);
    };
  }

  private Adjustment adjust(
      ObjectNode pod, Bounds bounds, Command.Adjust command, Freshness freshness) {
    PodResources given = PodResources.of(pod, rules.appId());
    return switch (Adjusting.adjust(given, command, bounds, adjust.target())) {
      case Adjusted.Unfit(String message) -> new Adjustment.Unfit(command, message);
      case Adjusted.Fit(PodSettings settings) -> {
        if (adjust.mode() == Mode.DRY_RUN) {
          PodSettings.NONE.applyTo(
              pod); // a policy of an earlier configuration may still apply some
          settings.noteOn(pod);
          yield new Adjustment.Rehearsed(settings);
        }
        settings.applyTo(pod);
        if (settings.isEmpty()) {
          AdjustmentNotes.noteNothing(pod);
        }
        yield new Adjustment.Applied(settings, freshness);
      }
    };
  }

  private Injected inject(ObjectNode pod, KnownNamespace namespace, Set<Change> allowed) {
    if (injection.isEmpty()) {
      return new Injected.Left(Reason.NO_IMAGE);
    }
    if (!allowed.contains(Change.INJECT) || namespace.podmon() == Podmon.WITHHELD) {
      return new Injected.Left(Reason.RESTRAINED);
    }
    Injection podmon = injection.getFirst();
    if (podmon.needsHostPath() && namespace.hostPaths() == HostPaths.FORBIDDEN) {
      return new Injected.Left(Reason.HOST_PATH_FORBIDDEN);
    }
    return podmon.inject(pod, namespace.limitRanges());
  }

  private static void hold(ObjectNode pod) {
    ArrayNode finalizers = pod.withObject("metadata").withArray("finalizers");
    for (JsonNode each : finalizers) {
      if (each.asString("").equals(PodMarks.FINALIZER)) {
        return;
      }
    }
    finalizers.add(PodMarks.FINALIZER);
  }

  private Bounds bounds(KnownNamespace namespace) {
    return Bounds.of(adjust, namespace.limitRanges());
  }
}
