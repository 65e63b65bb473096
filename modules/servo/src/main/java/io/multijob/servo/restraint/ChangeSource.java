package io.multijob.servo.restraint;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/// Knows what was done to the pods of an owner by others than this servo's webhook: by the policy
/// in the API server, which tells nobody.
@FunctionalInterface
public interface ChangeSource {
  /// For a cluster without such a policy.
  ChangeSource NONE = owner -> Optional.empty();

  /// What was done to an owner's pods.
  ///
  /// @param appId theirs
  record Made(String appId, Set<Change> changes) {
    public Made {
      changes = Set.copyOf(changes);
    }
  }

  /// What was done to the pods of `owner`.
  ///
  /// @return nothing for an owner whose pods are none of ours
  Optional<Made> find(ObjectRef owner) throws IOException, InterruptedException;
}
