package io.multijob.optune.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metrics;
import io.multijob.protocol.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RunTest {

  @ParameterizedTest
  @CsvSource({
    "Completed, 0, SUCCEEDED",
    "Completed, 3, FAILED",
    "Error, 1, FAILED",
    "OOMKilled, 137, FAILED",
    "DeadlineExceeded, 0, FAILED",
    "Evicted, , FAILED",
    ", 0, SUCCEEDED",
    ", , SUCCEEDED",
  })
  void failsByItsReasonOrItsExitCode(String reason, String exitCode, Ending ending) {
    Annotations annotations = Annotations.NONE;
    if (reason != null) {
      annotations = annotations.with(Annotation.REASON, reason);
    }
    if (exitCode != null) {
      annotations = annotations.with(Annotation.EXITCODE, exitCode);
    }

    Run run = Runs.of("1", "a", new Measurement(new Outcome.Measured(Metrics.NONE), annotations));

    assertThat(run.ending()).isEqualTo(ending);
  }

  @Test
  void hasFailedWhenItNeverRan() {
    Run run = Runs.of("1", "a", new Measurement(new Outcome.Failed("evicted"), Annotations.NONE));

    assertThat(run.ending()).isEqualTo(Ending.FAILED);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T11:59:58.5Z, 2026-11-22T11:59:58.5Z",
    "2026-11-22T12:59:58+01:00, 2026-11-22T11:59:58Z",
    "2099-01-01T00:00:00Z, 2026-11-22T12:00:00Z",
    "yesterday, 2026-11-22T12:00:00Z",
  })
  void endedWhenItSaysUnlessThatCannotBe(String finished, String ended) {
    Annotations annotations = Annotations.of(Map.of(Annotation.FINISHED, finished));

    Run run = Runs.of("1", "a", new Measurement(new Outcome.Measured(Metrics.NONE), annotations));

    assertThat(run.ended()).isEqualTo(ended);
  }
}
