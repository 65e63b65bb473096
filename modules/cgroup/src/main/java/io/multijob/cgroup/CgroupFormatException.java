package io.multijob.cgroup;

/// A cgroup file did not have the form that the kernel documents for it. The message says which
/// file and line, what was expected and what was found.
public final class CgroupFormatException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CgroupFormatException(String file, String message) {
    super(file + ": " + message);
  }

  CgroupFormatException(String file, int line, String message) {
    super(file + ", line " + line + ": " + message);
  }
}
