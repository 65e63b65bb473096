package io.multijob.servo.admission;

import io.multijob.servo.pod.AppId;
import java.util.Locale;

/// Whose a pod is that is about to be made.
public sealed interface Whose {

  /// One of ours.
  record Ours(AppId app) implements Whose {}

  /// Not one of ours: it is let go as it is.
  record NotOurs(Why why) implements Whose {}

  /// Why a pod is none of ours.
  enum Why {
    OTHER_NAMESPACE,
    RESTARTS,
    STATIC,
    NO_APP_ID,
    NO_POD;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
