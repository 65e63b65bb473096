package io.multijob.servo.pod;

/// What made a pod.
///
/// @param kind as Kubernetes names it, such as `Job`
/// @param name of that object
public record Owner(String kind, String name) {

  /// Of a pod that nothing made but its author.
  public static final Owner NONE = new Owner("", "");

  public boolean known() {
    return !name.isEmpty();
  }

  /// `CronJob/nightly`; empty for none.
  @Override
  public String toString() {
    return known() ? kind + "/" + name : "";
  }
}
