package io.multijob.protocol;

import java.io.Serial;

/// A document is not what the protocol says it should be. The message says where in it, what was
/// expected and what was found: `$.param.metrics.duration.value: expected a number, found "x"`.
public final class ProtocolException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String path;

  ProtocolException(String path, String problem) {
    super(path + ": " + problem);
    this.path = path;
  }

  /// Where in the document: `$` is the whole of it, `$.param` its member of that name.
  public String path() {
    return path;
  }
}
