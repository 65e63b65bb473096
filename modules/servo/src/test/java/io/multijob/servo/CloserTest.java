package io.multijob.servo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CloserTest {
  private final Closer closer = new Closer();
  private final List<String> closed = new ArrayList<>();

  @Test
  void closesInReverseOrderAndOnce() {
    closer.add(() -> closed.add("first"));
    closer.add(() -> closed.add("second"));

    closer.close();
    closer.close();

    assertThat(closed).containsExactly("second", "first");
  }

  @Test
  void oneFailureDoesNotKeepTheOthersOpen() {
    closer.add(() -> closed.add("first"));
    closer.add(() -> {
      throw new IOException("broken");
    });

    closer.close();

    assertThat(closed).containsExactly("first");
  }

  @Test
  void closesAtOnceWhatComesTooLate() {
    closer.close();

    assertThatThrownBy(() -> closer.add(() -> closed.add("late")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(closed).containsExactly("late");
  }
}
