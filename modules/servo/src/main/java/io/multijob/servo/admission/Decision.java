package io.multijob.servo.admission;

import io.multijob.servo.admission.Restraint.Change;
import io.multijob.servo.injection.Injected;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of a pod of ours.
///
/// @param appId whose it is
/// @param wanted the document that it is to have
/// @param adjustment what became of the service's settings
/// @param podmon what became of podmon
public record Decision(String appId, ObjectNode wanted, Adjustment adjustment, Injected podmon) {

  /// What was done to the pod here; nothing where another pass has done it before.
  public Set<Change> changes() {
    Set<Change> changes = EnumSet.noneOf(Change.class);
    if (podmon instanceof Injected.Done) {
      changes.add(Change.INJECT);
    }
    if (adjustment instanceof Adjustment.Applied) {
      changes.add(Change.ADJUST);
    }
    return changes;
  }
}
