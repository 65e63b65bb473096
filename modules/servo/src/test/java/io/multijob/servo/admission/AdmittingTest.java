package io.multijob.servo.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// As the initializer has it: a document in, a document out.
final class AdmittingTest {

  @ParameterizedTest
  @MethodSource("io.multijob.servo.admission.GoldenCase#all")
  void makesTheSamePodAsTheWebhook(GoldenCase golden) {
    if (golden.review().path("request").path("dryRun").asBoolean()) {
      return; // no such thing without a request
    }
    JsonNode given = golden.given().deepCopy();

    ObjectNode wanted = admitting(golden).wanted((ObjectNode) given);

    assertThat(GoldenCase.withoutNote(wanted)).isEqualTo(golden.pod());
    assertThat(given).isEqualTo(golden.given());
  }

  private static Admitting admitting(GoldenCase golden) {
    return new Admitting(
        golden.core(),
        namespace -> golden.namespace(),
        golden.restraint(),
        new Hearing(
            (appId, description) -> golden.agreement(),
            (appId, command, message) -> {},
            Duration.ofSeconds(60)),
        new RecordedAdmissions());
  }
}
