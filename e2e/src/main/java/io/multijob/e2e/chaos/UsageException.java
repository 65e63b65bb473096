package io.multijob.e2e.chaos;

/// An option that cannot be. The message says which, and what was expected.
final class UsageException extends Exception {
  private static final long serialVersionUID = 1;

  UsageException(String message) {
    super(message);
  }
}
