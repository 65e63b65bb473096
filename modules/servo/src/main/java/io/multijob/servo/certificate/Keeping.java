package io.multijob.servo.certificate;

import java.nio.file.Path;

/// Where the webhook's certificate comes from.
public sealed interface Keeping {
  /// Of the Secret, where nobody names another.
  String DEFAULT_NAME = "servo-admission";

  /// Made by ourselves, and kept in a Secret that all replicas share.
  record InSecret(String namespace, String name) implements Keeping {}

  /// Made by ourselves, and kept in a directory of our own.
  record InDirectory(Path directory) implements Keeping {}

  /// Given by files, and read again when they change. Whom the API server trusts is then not ours
  /// to say.
  record Given(Path certificate, Path key) implements Keeping {}
}
