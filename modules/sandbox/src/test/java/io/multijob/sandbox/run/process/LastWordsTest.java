package io.multijob.sandbox.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.run.pod.ContainerSpec.MessagePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastWordsTest {
  private ContainerFiles files;

  @BeforeEach
  void makeFiles(@TempDir Path directory) throws IOException {
    files = new ContainerFiles(directory.resolve("log"), directory.resolve("message"));
    Files.writeString(files.log(), "one\ntwo\n");
    Files.createFile(files.message());
  }

  @Test
  void areWhatTheContainerWrote() throws IOException {
    Files.writeString(files.message(), "no disk");

    assertThat(LastWords.of(files, MessagePolicy.FALLBACK_TO_LOGS_ON_ERROR, 1))
        .isEqualTo("no disk");
  }

  @Test
  void areAtMost4096Bytes() throws IOException {
    Files.writeString(files.message(), "x".repeat(5_000));

    assertThat(LastWords.of(files, MessagePolicy.FILE, 0)).hasSize(4_096);
  }

  @Test
  void areTheLogOfOneThatFailedWhereThePolicySaysSo() {
    assertThat(LastWords.of(files, MessagePolicy.FALLBACK_TO_LOGS_ON_ERROR, 1))
        .isEqualTo("one\ntwo\n");
  }

  @Test
  void areTheEndOfALongLog() throws IOException {
    Files.writeString(files.log(), "line\n".repeat(1_000));

    assertThat(LastWords.of(files, MessagePolicy.FALLBACK_TO_LOGS_ON_ERROR, 1))
        .isEqualTo("line\n".repeat(80));
  }

  @Test
  void areNotTheLogOfOneThatSucceeded() {
    assertThat(LastWords.of(files, MessagePolicy.FALLBACK_TO_LOGS_ON_ERROR, 0)).isEmpty();
    assertThat(LastWords.of(files, MessagePolicy.FILE, 1)).isEmpty();
  }

  @Test
  void areNoneWhereTheContainerHasRemovedItsFile() throws IOException {
    Files.delete(files.message());

    assertThat(LastWords.of(files, MessagePolicy.FILE, 1)).isEmpty();
  }
}
