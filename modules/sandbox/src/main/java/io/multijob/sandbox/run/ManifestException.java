package io.multijob.sandbox.run;

import java.util.List;

/// Manifests that cannot be used: each problem with its file and document, and what was expected.
public final class ManifestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ManifestException(List<String> problems) {
    super(String.join("\n", problems));
  }

  /// All that is wrong, a line each.
  public List<String> problems() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
