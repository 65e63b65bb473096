package io.multijob.servo;

import io.multijob.servo.adjustment.AdjustmentNotes;
import io.multijob.servo.adjustment.PodSettings;
import io.multijob.servo.admission.Adjustment;
import io.multijob.servo.admission.AdmissionListener;
import io.multijob.servo.admission.Decision;
import io.multijob.servo.injection.Injected;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.restraint.Change;
import io.multijob.servo.restraint.Restraints;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// Notes what was decided of a pod where others need it: for metrics, for the policy's next pod,
/// and in case that the pod is refused with it.
record AdmissionNotes(AdmissionListener next, NextSettings settings, Restraints restraints)
    implements AdmissionListener {

  @Override
  public void reviewed(Ending ending, Duration took) {
    next.reviewed(ending, took);
  }

  @Override
  public void decided(String namespace, Owner owner, Decision decision) {
    next.decided(namespace, owner, decision);
    Set<Change> changes = EnumSet.noneOf(Change.class);
    // One that is there already was put in by a policy, a moment ago.
    if (decision.podmon() instanceof Injected.Done
        || decision.podmon() instanceof Injected.Already) {
      changes.add(Change.INJECTION);
    }
    if (AdjustmentNotes.nameSettings(decision.wanted())) {
      changes.add(Change.ADJUSTMENT); // by us now, or by a policy a moment ago
    }
    switch (decision.adjustment()) {
      case Adjustment.Applied(var applied, var freshness) ->
          settings.put(namespace, decision.appId(), applied);
      case Adjustment.Unfit _ -> settings.put(namespace, decision.appId(), PodSettings.NONE);
      case Adjustment.Rehearsed _, Adjustment.None _ -> {}
    }
    if (!changes.isEmpty()) {
      restraints.changed(namespace, owner, decision.appId(), changes);
    }
  }
}
