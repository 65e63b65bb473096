package io.multijob.e2e.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.e2e.chaos.ChaosOptions.Holding;
import io.multijob.e2e.chaos.ChaosOptions.Size;
import io.multijob.e2e.chaos.ChaosOptions.Trouble;
import io.multijob.e2e.chaos.ledger.Rules.State;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChaosOptionsTest {
  @Test
  void isShortUnlessAskedForMore() throws Exception {
    ChaosOptions options = parse();

    assertThat(options.size()).isEqualTo(new Size(Duration.ofSeconds(70), 0, 10));
    assertThat(options.rate()).isEqualTo(100);
    assertThat(options.faults())
        .isEqualTo(Set.of(Trouble.SERVO, Trouble.API, Trouble.WATCH, Trouble.SERVICE));
    assertThat(options.state()).isEqualTo(State.KEPT);
    assertThat(options.holding()).isEqualTo(Holding.OFF);
    assertThat(options.seed()).isEqualTo(42);
  }

  @Test
  void takesValuesWithAndWithoutAnEqualsSign() throws Exception {
    ChaosOptions options =
        parse("--kills", "100", "--rate=50", "--empty-state", "--hold", "--seed", "7");

    assertThat(options.size().kills()).isEqualTo(100);
    assertThat(options.rate()).isEqualTo(50);
    assertThat(options.state()).isEqualTo(State.EMPTIED);
    assertThat(options.holding()).isEqualTo(Holding.ON);
    assertThat(options.seed()).isEqualTo(7);
  }

  @Test
  void anAbsenceIsAsManyRunsAsComeMeanwhileAndNothingElse() throws Exception {
    ChaosOptions options = parse("--away=60m", "--rate=20");

    assertThat(options.size().pods()).isEqualTo(72_000);
    assertThat(options.faults()).containsExactly(Trouble.ABSENCE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --sooner          | there is no option --sooner
          --rate=fast       | --rate: expected a whole number, found 'fast'
          --rate=0          | --rate: expected a whole number, found '0'
          --duration=7      | --duration: expected a time such as 90s or 10m, found '7'
          --no-faults=node  | --no-faults: expected servo, api, watch or service, found 'node'
          """)
  void saysWhatIsWrong(String option, String message) {
    assertThatThrownBy(() -> parse(option)).isInstanceOf(UsageException.class).hasMessage(message);
  }

  private static ChaosOptions parse(String... arguments) throws UsageException {
    return ChaosOptions.parse(List.of(arguments), 42);
  }
}
