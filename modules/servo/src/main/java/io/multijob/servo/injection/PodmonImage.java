package io.multijob.servo.injection;

import java.util.Locale;

/// The image of the container that is put into pods.
///
/// @param name as a pod's author would write it, such as `registry.example.com/podmon:1`
/// @param kind what it does there
public record PodmonImage(String name, Kind kind) {

  /// What an image does in a pod.
  public enum Kind {
    /// It measures, and ends when there is nothing more to measure.
    PODMON,
    /// It sleeps until it is told to stop, and only makes the kubelet keep the pod's figures.
    SLEEPER
  }

  public PodmonImage {
    if (name.isBlank()) {
      throw new IllegalArgumentException("an image without a name");
    }
  }

  /// The image of this name, its kind told by it: podmon where the last part of the repository says
  /// `podmon`, and otherwise one that sleeps.
  public static PodmonImage of(String name) {
    String repository = name.split("@", 2)[0];
    String last = repository.substring(repository.lastIndexOf('/') + 1);
    String untagged = last.split(":", 2)[0];
    boolean measures = untagged.toLowerCase(Locale.ROOT).contains("podmon");
    return new PodmonImage(name, measures ? Kind.PODMON : Kind.SLEEPER);
  }
}
