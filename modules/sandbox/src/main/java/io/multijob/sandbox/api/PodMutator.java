package io.multijob.sandbox.api;

import tools.jackson.databind.node.ObjectNode;

/// Changes pods before they are created, as a mutating admission webhook does.
@FunctionalInterface
public interface PodMutator {

  /// Changes `pod` in place. It has its namespace, and no name yet when that is to be generated.
  ///
  /// @throws io.multijob.sandbox.api.object.ApiError to refuse the pod
  void mutate(ObjectNode pod);
}
