package io.multijob.servo.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Figure;
import io.multijob.protocol.Figures;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Outcome;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodApp;
import io.multijob.servo.pod.PodConditions;
import io.multijob.servo.pod.PodIdentity;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.PodPhase;
import io.multijob.servo.pod.PodStatus;
import io.multijob.servo.pod.PodTimes;
import io.multijob.servo.pod.RestartPolicy;
import io.multijob.servo.pod.RunEnd;
import io.multijob.servo.pod.RunEnd.EndClock;
import io.multijob.servo.pod.RunEnd.RunSpan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the files of the folder `runs` leave out: the borders of what is believed.
final class MeasurementsTest {
  private static final Instant CREATED = Instant.ofEpochSecond(1_000);
  private static final Instant STARTED = Instant.ofEpochSecond(1_010);
  private static final Instant FINISHED = Instant.ofEpochSecond(1_020);

  /// The kubelet says 1010 s to 1020 s.
  @ParameterizedTest
  @CsvSource({
    "1010.000, 1020.000, KUBELET, podmon",
    "1010.999, 1020.999, KUBELET, podmon",
    "1011.500, 1021.500, KUBELET, podmon",
    "1008.500, 1018.500, KUBELET, podmon",
    "1011.501, 1020.000, KUBELET, kubelet",
    "1008.499, 1020.000, KUBELET, kubelet",
    "1010.000, 1021.501, KUBELET, kubelet",
    "1010.000, 1018.499, KUBELET, kubelet",
    "1010.500, 1015.000, SERVO, podmon",
    "1010.500, 1021.499, SERVO, podmon",
    "1010.500, 1021.501, SERVO, servo",
    "1012.000, 1015.000, SERVO, servo",
    "1009.000, 1009.500, SERVO, servo",
  })
  void podmonsTimesCountOnlyNearTheKubelets(
      double started, double finished, EndClock clock, String believed) {
    Measurement measurement =
        measure(new RunSpan.Ran(STARTED, FINISHED, clock), "", stats(started, finished));

    assertThat(measurement.annotations().get(Annotation.TIMES)).hasValue(believed);
    double duration = believed.equals("podmon") ? finished - started : 10;
    assertThat(metric(measurement, Metric.DURATION)).isCloseTo(duration, within());
    assertThat(metric(measurement, Metric.PERF)).isCloseTo(1 / duration, within());
  }

  @Test
  void saysOfASampledPeakThatItIs() {
    var ran = new RunSpan.Ran(STARTED, FINISHED, EndClock.KUBELET);

    assertThat(measure(ran, "", stats("{}")).annotations().get(Annotation.PEAK)).isEmpty();
    assertThat(measure(ran, "", stats("{\"peak\":\"sampled\"}")).annotations().get(Annotation.PEAK))
        .hasValue("sampled");
  }

  @Test
  void saysOfWhatAKubeletSampledThatItIsNotExact() {
    Figures figures =
        new Figures(Map.of(Figure.CPU_TIME, 1_500_000_000L, Figure.MAX_USAGE, 4_096L));
    RunStats sampled = new RunStats.Sampled(figures, Instant.ofEpochSecond(1_015));

    Measurement measurement =
        measure(new RunSpan.Ran(STARTED, FINISHED, EndClock.KUBELET), "", sampled);

    assertThat(metric(measurement, Metric.CPU_TIME)).isCloseTo(1.5, within());
    assertThat(metric(measurement, Metric.MAX_MEMORY)).isCloseTo(4_096, within());
    assertThat(measurement.annotations().values())
        .containsEntry("stats", "kubelet")
        .containsEntry("source", "kubelet")
        .containsEntry("peak", "sampled")
        .containsEntry("sampled", "1970-01-01T00:16:55Z");
  }

  @ParameterizedTest
  @CsvSource({
    "1100, 100",
    "1000.25, 0.25",
    "1000, NaN",
    "999, NaN",
    "'', NaN",
    "-5, NaN",
    "1e9, NaN",
    "99999999999999999999, NaN",
    "1100.9999999999999999999999999999999, NaN",
  })
  void anEstimateCountsOnlyWhenItIsATimeAfterTheCreation(String doneAt, double estimate) {
    Measurement measurement =
        measure(
            new RunSpan.Ran(STARTED, FINISHED, EndClock.KUBELET), doneAt, new RunStats.Nothing());

    assertThat(Double.compare(metric(measurement, Metric.EST_DURATION), estimate)).isZero();
  }

  @Test
  void b5_aRunOfNoTimeIsMeasuredWithoutADivision() {
    Measurement measurement =
        measure(new RunSpan.Ran(STARTED, STARTED, EndClock.KUBELET), "", new RunStats.Nothing());

    assertThat(metric(measurement, Metric.DURATION)).isZero();
    assertThat(metric(measurement, Metric.PERF)).isNaN();
  }

  @Test
  void clocksThatDisagreeMakeNoNegativeRun() {
    Measurement measurement =
        measure(
            new RunSpan.Ran(FINISHED, FINISHED.minusSeconds(5), EndClock.SERVO),
            "",
            new RunStats.Nothing());

    assertThat(metric(measurement, Metric.DURATION)).isZero();
  }

  @Test
  void aLongMessageIsCut() {
    RunEnd end =
        new RunEnd(
            new RunSpan.NeverRan(),
            new RunEnd.Exit.Unknown(),
            new RunEnd.Cause("StartError", "x".repeat(5_000)));

    Measurement measurement = Measurements.of(new Run(pod(""), end, new RunStats.Nothing()));

    assertThat(measurement.outcome())
        .isEqualTo(new Outcome.Failed("StartError: " + "x".repeat(988)));
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-6);
  }

  private static double metric(Measurement measurement, Metric metric) {
    return switch (measurement.outcome()) {
      case Outcome.Measured(var metrics) -> metrics.get(metric).orElse(Double.NaN);
      case Outcome.Failed failed -> throw new AssertionError(failed);
    };
  }

  private static Measurement measure(RunSpan.Ran span, String doneAt, RunStats stats) {
    RunEnd end = new RunEnd(span, new RunEnd.Exit.Exited(0), new RunEnd.Cause("Completed", ""));
    return Measurements.of(new Run(pod(doneAt), end, stats));
  }

  private static RunStats stats(double started, double finished) {
    return stats(
        "{\"started_ns\":%d,\"finished_ns\":%d}"
            .formatted(
                Math.round(started * 1_000) * 1_000_000, Math.round(finished * 1_000) * 1_000_000));
  }

  private static RunStats stats(String stats) {
    String json = "{\"id\":\"p1\",\"stats\":" + stats + "}";
    return new RunStats.Counted(PodmonReport.parse(json.getBytes(UTF_8)), RunStats.Way.MESSAGE);
  }

  private static Pod pod(String doneAt) {
    return new Pod(
        new PodIdentity("p1", "batch", "pod-1", "node-1", Owner.NONE),
        new PodApp(
            "nightly",
            new PodApp.Workload("main", "{}", RestartPolicy.NEVER),
            doneAt,
            RestartPolicy.NEVER),
        new PodTimes(Map.of(PodMoment.CREATED, CREATED)),
        new PodStatus(PodPhase.SUCCEEDED, "", "", PodConditions.NONE, List.of()),
        PodMarks.NONE);
  }
}
