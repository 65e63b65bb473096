package io.multijob.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LogTailTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a,b,c,   | 2 | b,c,
          a,b,c    | 2 | b,c
          a,b,c,   | 0 | ''
          a,b,c,   | 1 | c,
          a,b,c,   | 3 | a,b,c,
          a,b,c,   | 9 | a,b,c,
          ,,,      | 2 | ,,
          ''       | 5 | ''
          a        | 1 | a
          """)
  void findsTheLastLines(String text, long lines, String tail) throws IOException {
    Path file = directory.resolve("log");
    Files.writeString(file, text.replace(',', '\n'));

    long start = LogTail.startOf(file, lines);

    assertThat(Files.readString(file).substring(Math.toIntExact(start)).replace('\n', ','))
        .isEqualTo(tail);
  }

  @Test
  void looksBackOverManyBlocks() throws IOException {
    Path file = directory.resolve("log");
    Files.writeString(file, "first\n" + "x".repeat(50_000) + "\nlast\n");

    assertThat(LogTail.startOf(file, 2)).isEqualTo(6);
  }
}
