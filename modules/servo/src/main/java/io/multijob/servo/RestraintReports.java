package io.multijob.servo;

import io.multijob.servo.adjustment.PodSettings;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.Conversations;
import io.multijob.servo.conversation.UnfitAdjustments;
import io.multijob.servo.restraint.Change;
import io.multijob.servo.restraint.Reach;
import io.multijob.servo.restraint.Restraint;
import io.multijob.servo.restraint.RestraintListener;

/// Tells the service of settings with which pods are refused, and takes them from the policy.
///
/// Thread-safe.
record RestraintReports(NextSettings settings, Conversations conversations, UnfitAdjustments unfit)
    implements RestraintListener {

  @Override
  public void withheld(Restraint restraint) {
    if (restraint.change() != Change.ADJUSTMENT
        || !(restraint.reach() instanceof Reach.App(String namespace, String appId))) {
      return;
    }
    settings.put(namespace, appId, PodSettings.NONE);
    if (conversations.withoutAsking(appId)
        instanceof Agreement.Adjust(var command, var freshness)) {
      unfit.failed(appId, command, restraint.reason());
    }
  }

  @Override
  public void lifted(Restraint restraint) {
    // The next conversation brings what the service wants then.
  }
}
