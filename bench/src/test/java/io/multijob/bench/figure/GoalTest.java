package io.multijob.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class GoalTest {

  @Test
  void atMostHoldsUpToTheValueItself() {
    assertThat(new Goal.AtMost(5).met(5)).isTrue();
    assertThat(new Goal.AtMost(5).met(5.01)).isFalse();
  }

  @Test
  void atLeastHoldsFromTheValueOn() {
    assertThat(new Goal.AtLeast(15_000).met(15_000)).isTrue();
    assertThat(new Goal.AtLeast(15_000).met(14_999)).isFalse();
  }

  @Test
  void aFigureIsHeldAgainstItsGoalByItsMedian() {
    Spread spread = new Spread(4, 1, 90, 3);

    assertThat(Figure.of("a.b", "ms", "c", spread, new Goal.AtMost(5)).met()).isTrue();
    assertThat(Figure.of("a.b", "ms", "c", spread, new Goal.AtMost(3)).met()).isFalse();
    assertThat(Figure.plain("a.b", "ms", "c", spread).met()).isTrue();
  }
}
