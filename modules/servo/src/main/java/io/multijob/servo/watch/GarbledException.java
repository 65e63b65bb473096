package io.multijob.servo.watch;

import java.io.IOException;

/// What came is not what a Kubernetes API server sends.
final class GarbledException extends IOException {
  private static final long serialVersionUID = 1L;

  GarbledException(String message, Throwable cause) {
    super(message, cause);
  }

  GarbledException(String message) {
    super(message);
  }
}
