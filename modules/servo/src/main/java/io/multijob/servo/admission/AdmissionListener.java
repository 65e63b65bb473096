package io.multijob.servo.admission;

import io.multijob.servo.pod.Owner;
import java.time.Duration;
import java.util.Locale;

/// Is told what is done with pods that are about to be made. Returns at once.
public interface AdmissionListener {

  /// How a review ended.
  enum Ending {
    PATCHED,
    UNCHANGED,
    NOT_OURS,
    /// We failed; the pod was let go unchanged.
    FAILED,
    /// What came could not be understood.
    GARBLED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A review was answered.
  void reviewed(Ending ending, Duration took);

  /// This was decided of a pod that is made in earnest.
  ///
  /// @param owner what makes the pod, as the pod names it
  void decided(String namespace, Owner owner, Decision decision);
}
