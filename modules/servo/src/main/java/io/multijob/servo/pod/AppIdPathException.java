package io.multijob.servo.pod;

/// An app-id path that cannot be parsed. The message says where, what was expected and what is
/// there.
public final class AppIdPathException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  AppIdPathException(String path, String part, String problem) {
    super(
        part.equals(path)
            ? "app-id path '" + path + "': " + problem
            : "app-id path '" + path + "', at '" + part + "': " + problem);
  }
}
