package io.multijob.servo.lead;

/// Which Lease.
///
/// @param namespace empty for our own
public record LeaseName(String namespace, String name) {
  private static final String NAME = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";

  /// Reads `NAME` or `NAMESPACE/NAME`.
  ///
  /// @throws IllegalArgumentException if it is neither
  public static LeaseName parse(String text) {
    int slash = text.indexOf('/');
    String namespace = slash < 0 ? "" : text.substring(0, slash);
    String name = text.substring(slash + 1);
    if (!name.matches(NAME) || (slash >= 0 && !namespace.matches(NAME))) {
      throw new IllegalArgumentException(
          "expected the name of a Lease such as servo or namespace/servo, or none, found \""
              + text
              + '"');
    }
    return new LeaseName(namespace, name);
  }

  /// In that namespace where it names none.
  LeaseName in(String own) {
    return namespace.isEmpty() ? new LeaseName(own, name) : this;
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
