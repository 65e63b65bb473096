package io.multijob.sandbox.run.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One file of a control group. The kernel takes each write as one command.
final class ControlFile {
  private ControlFile() {}

  static void write(Path file, String value) throws IOException {
    Files.write(file, value.getBytes(UTF_8), StandardOpenOption.WRITE);
  }

  /// The number after `key` in a file of `KEY VALUE` lines; 0 where there is no such line.
  static long keyed(Path file, String key) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(key + " ")) {
        return Long.parseLong(line.substring(key.length() + 1).strip());
      }
    }
    return 0;
  }
}
