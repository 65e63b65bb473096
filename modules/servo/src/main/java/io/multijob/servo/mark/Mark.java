package io.multijob.servo.mark;

import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodRef;

/// A change of what we have written on a pod, as one strategic merge patch. The pod's uid goes
/// along: the API server refuses it for a later pod of the same name
/// ([documentation](https://kubernetes.io/docs/reference/using-api/api-concepts/#patch-and-update)).
///
/// Of two changes that wait for the same pod the later in this order is enough.
enum Mark {
  /// Our finalizer keeps the pod.
  HOLD {
    @Override
    String patch(PodRef pod) {
      return "{\"metadata\":{\"uid\":\"%s\",\"finalizers\":[\"%s\"]}}"
          .formatted(pod.uid(), PodMarks.FINALIZER);
    }
  },
  /// Nothing of ours keeps it any longer, and its run is not known to be with the service.
  LET_GO {
    @Override
    String patch(PodRef pod) {
      return "{\"metadata\":{\"uid\":\"%s\",%s}}".formatted(pod.uid(), WITHOUT_FINALIZER);
    }
  },
  /// The service has its run; and nothing of ours keeps it any longer.
  REPORTED {
    @Override
    String patch(PodRef pod) {
      return "{\"metadata\":{\"uid\":\"%s\",\"annotations\":{\"%s\":\"%s\"},%s}}"
          .formatted(pod.uid(), PodMarks.REPORTED, pod.uid(), WITHOUT_FINALIZER);
    }
  };

  /// Takes ours alone: others' finalizers stay.
  private static final String WITHOUT_FINALIZER =
      "\"$deleteFromPrimitiveList/finalizers\":[\"" + PodMarks.FINALIZER + "\"]";

  /// The body of the patch.
  abstract String patch(PodRef pod);
}
