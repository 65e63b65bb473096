package io.multijob.sandbox.run.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StartLineTest {
  private final StartLine line = new StartLine("podmon: watching");

  @Test
  void isSeenAtTheBeginningOfALine() throws Exception {
    assertThat(isLateAfter("warning\npodmon: watching pod 7\n")).isFalse();
  }

  @Test
  void isSeenInPieces() throws Exception {
    assertThat(isLateAfter("pod", "mon: wat", "ching")).isFalse();
  }

  @Test
  void isNotSeenInTheMiddleOfALine() throws Exception {
    assertThat(isLateAfter("is podmon: watching?\n", "podmon: watchinG\n")).isTrue();
  }

  @Test
  void isNotWaitedForWhenTheOutputEnds() throws Exception {
    line.end();

    assertThat(line.isLate(Duration.ofDays(1))).isFalse();
  }

  @Test
  void isNotWaitedForWhereThereIsNone() throws Exception {
    assertThat(new StartLine("").isLate(Duration.ofDays(1))).isFalse();
  }

  private boolean isLateAfter(String... pieces) throws InterruptedException {
    for (String piece : List.of(pieces)) {
      line.feed(piece.getBytes(UTF_8), piece.length());
    }
    return line.isLate(Duration.ZERO);
  }
}
