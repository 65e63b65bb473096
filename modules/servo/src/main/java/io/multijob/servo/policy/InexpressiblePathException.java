package io.multijob.servo.policy;

/// An app-id path that a policy cannot follow. The message says which element, and why.
public final class InexpressiblePathException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InexpressiblePathException(String alternative, String element, String why) {
    super("app-id path '%s', at '%s': %s".formatted(alternative, element, why));
  }
}
