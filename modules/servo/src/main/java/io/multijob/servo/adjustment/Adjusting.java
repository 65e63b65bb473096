package io.multijob.servo.adjustment;

import io.multijob.protocol.Command;
import io.multijob.servo.adjustment.Adjusted.Fit;
import io.multijob.servo.adjustment.Adjusted.Unfit;

/// Makes an ADJUST fit a pod, or says why it does not.
///
/// All of it fits or nothing: a component, setting or value that is unknown or out of bounds leaves
/// the pod unchanged.
public final class Adjusting {

  private Adjusting() {}

  /// What `command` comes to for a pod.
  ///
  /// Numbers are rounded to the step of their setting, and stay within its bounds. With
  /// [Target#AUTO] the pod's quality of service class is the same after as before; with another
  /// target it may change ([QosClass#of] tells). A container of which the author asked for neither
  /// is given both with `AUTO`, or the request alone if only so the class stays.
  ///
  /// @param pod what its author asked for
  /// @param bounds those of its namespace
  public static Adjusted adjust(
      PodResources pod, Command.Adjust command, Bounds bounds, Target target) {
    var fitting = new Fitting(pod, bounds, target, target);
    Adjusted adjusted = fitting.fit(command);
    if (target != Target.AUTO
        || !(adjusted instanceof Fit(PodSettings settings))
        || keepsClass(pod, settings)) {
      return adjusted;
    }
    Adjusted lighter = new Fitting(pod, bounds, target, Target.REQUESTS).fit(command);
    return lighter instanceof Fit(PodSettings requests) && keepsClass(pod, requests)
        ? lighter
        : otherClass(pod, settings);
  }

  private static boolean keepsClass(PodResources pod, PodSettings settings) {
    return pod.with(settings).qosClass() == pod.qosClass();
  }

  private static Unfit otherClass(PodResources pod, PodSettings settings) {
    return new Unfit(
        "with "
            + settings
            + " the pod would be "
            + pod.with(settings).qosClass()
            + " instead of "
            + pod.qosClass()
            + "; ADJUST_TARGET=limits, requests or both lets it");
  }
}
