package io.multijob.servo.policy;

import io.multijob.servo.pod.PodMarks;

/// The annotations and labels by which a policy is told, and tells.
final class PolicyNotes {
  /// What the settings of an app are called on its namespace: this and the app's id.
  static final String SETTINGS_PREFIX = "settings.servo.optune.io/";

  /// The label by which a namespace says that its pods get no podmon.
  static final String INJECT = PodMarks.INJECT_LABEL;

  /// The same for settings.
  static final String ADJUST = PodMarks.ADJUST_LABEL;

  /// The value of both that says so.
  static final String WITHHELD = "withheld";

  /// Why a pod has no podmon, where only the policy can know it.
  static final String LEFT_OUT = "servo.optune.io/podmon-left-out";

  private PolicyNotes() {}

  /// An expression: true where the namespace does not say by `label` that it is withheld.
  static String allowed(String label) {
    return "namespaceObject.metadata.?labels[?%s].orValue('') != %s"
        .formatted(Cel.string(label), Cel.string(WITHHELD));
  }
}
