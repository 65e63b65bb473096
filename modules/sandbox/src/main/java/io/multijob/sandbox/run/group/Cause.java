package io.multijob.sandbox.run.group;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why the kernel refused, in a few words.
final class Cause {
  private Cause() {}

  static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such file or directory";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> String.valueOf(e.getMessage());
    };
  }
}
