package io.multijob.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultsTableTest {

  @Test
  void showsEachFigureBesideItsGoalAndOthers() {
    assertThat(ResultsTable.of(Examples.RESULTS))
        .isEqualTo(
            """
            Measured 2026-11-22T23:59:59Z of commit abc1234, on 2 cores (A Processor), 24 GB, Linux 6.1.0, Java 25.0.3 (A Vendor); load before 0.2.

            | figure                       | median          | spread (n)           | goal      |        | beside                                             |
            | ---------------------------- | --------------- | -------------------- | --------- | ------ | -------------------------------------------------- |
            | `decode.events` on one core  | 18,000 events/s | 17,000 .. 19,000 (3) | >= 15,000 | met    | an informer: 1,900                                 |
            | `latency.median` of a report | 6.25 ms         | once                 | <= 5.00   | MISSED | a bare watch: 0.50; the original: 3,062 (recorded) |
            | `latency.max` of a report    | 20.0 ms         | 10.0 .. 30.0 (3)     |           |        |                                                    |
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0        | 0
          0.123    | 0.12
          -4.567   | -4.57
          45.67    | 45.7
          456.7    | 457
          12345.6  | 12,346
          """)
  void roundsToWhatCounts(double value, String text) {
    assertThat(ResultsTable.number(value)).isEqualTo(text);
  }
}
