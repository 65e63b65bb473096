package io.multijob.servo.policy;

import io.multijob.servo.adjustment.Mode;
import io.multijob.servo.adjustment.Target;
import io.multijob.servo.pod.AppIdPath;
import java.util.Optional;

/// What the policy is made from.
///
/// @param namespaces whose pods it is for
/// @param appId which of them are ours
/// @param podmon what is put into them; nothing where no image is configured
/// @param finalizer whether they are held until their run is reported
/// @param mode whether settings are applied or only noted
/// @param target which amounts of a container settings are for
public record PolicySettings(
    PolicyNamespaces namespaces,
    AppIdPath appId,
    Optional<PodmonParts> podmon,
    Finalizer finalizer,
    Mode mode,
    Target target) {

  /// Whether pods get our finalizer when they are made.
  public enum Finalizer {
    ADDED,
    LEFT_OUT
  }
}
