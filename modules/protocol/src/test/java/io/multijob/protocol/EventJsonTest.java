package io.multijob.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventJsonTest {
  private static final Golden GOLDEN = new Golden("events");

  static Stream<Arguments> samples() {
    return SampleEvents.all().entrySet().stream()
        .map(sample -> arguments(sample.getKey(), sample.getValue()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesWhatTheGoldenFileSays(String name, Event sample) {
    String json = EventJson.write(sample);

    assertThat(json).isEqualTo(GOLDEN.read(name));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatTheGoldenFileSays(String name, Event sample) {
    Event event = read(GOLDEN.read(name));

    assertThat(event).isEqualTo(sample);
  }

  @Test
  void everyGoldenFileHasASample() throws IOException {
    assertThat(GOLDEN.names()).containsExactlyInAnyOrderElementsOf(SampleEvents.all().keySet());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void skipsUnknownMembersAtEveryLevel(String name, Event sample) {
    String withMore = Additions.toEveryObject(GOLDEN.read(name));

    Event event = read(withMore);

    assertThat(Additions.removedFrom(event)).isEqualTo(sample);
  }

  @Test
  void readsBackWhateverItWrites() {
    var events = new RandomEvents(1);
    for (int i = 0; i < 3_000; i++) {
      Event event = events.next();

      Event back = read(EventJson.write(event));

      assertThat(back).isEqualTo(event);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "3.0", "3e0", "30E-1", "0.3e+1"})
  void aNumberIsTheSameHoweverItIsWritten(String number) {
    Event event =
        read(
            """
            {"event": "MEASUREMENT", "param": {
              "metrics": {"duration": {"value": %s, "unit": "s"}}, "annotations": {"exitcode": %s}}}
            """
                .formatted(number, number));

    assertThat(event)
        .isEqualTo(
            new Measurement(
                new Outcome.Measured(Metrics.NONE.with(Metric.DURATION, 3)),
                Annotations.NONE.with(Annotation.EXITCODE, "3")));
  }

  @Test
  void anUnknownAnnotationOfAnyTypeIsKept() {
    Event event =
        read(
            """
            {"event": "MEASUREMENT", "param": {"metrics": {}, "annotations": {
              "text": "a b", "number": 1.50, "truth": true, "list": [1, "x"], "map": {"a": {}},
              "nothing": null}}}
            """);

    assertThat(((Measurement) event).annotations().values())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "text",
                "a b",
                "number",
                "1.50",
                "truth",
                "true",
                "list",
                "[1,\"x\"]",
                "map",
                "{\"a\":{}}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"event": "WHATS_NEXT"}
          {"event": "WHATS_NEXT", "param": null}
          {"event": "WHATS_NEXT", "param": {}}
          {"param": 7, "event": "WHATS_NEXT"}
          """)
  void whatsNextNeedsNoParam(String json) {
    assertThat(read(json)).isEqualTo(new WhatsNext());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"event": "ADJUSTMENT"}
          {"event": "ADJUSTMENT", "param": null}
          {"event": "ADJUSTMENT", "param": {"status": "ok"}}
          """)
  void anAdjustmentThatDoesNotSayOtherwiseWasApplied(String json) {
    assertThat(read(json)).isEqualTo(new Adjustment.Applied());
  }

  @Test
  void whatIsNotSaidIsEmpty() {
    Event event =
        read(
            """
            {"event": "HELLO", "param": {"account": "", "agent": null, "namespaces": null}}
            """);

    assertThat(event).isEqualTo(new Hello("", "", "", List.of()));
  }

  @Test
  void aMetricWithoutAUnitIsInItsOwn() {
    Event event =
        read(
            """
            {"event": "MEASUREMENT", "param": {"metrics": {"max_memory": {"value": 4096}}}}
            """);

    assertThat(event)
        .isEqualTo(
            new Measurement(
                new Outcome.Measured(Metrics.NONE.with(Metric.MAX_MEMORY, 4_096)),
                Annotations.NONE));
  }

  @Test
  void aFailureMayComeWithoutAMessage() {
    Event event =
        read(
            """
            {"event": "MEASUREMENT", "param": {"status": "failed"}}
            """);

    assertThat(event).isEqualTo(new Measurement(new Outcome.Failed(""), Annotations.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                            | $: expected an object, found an array
          null                          | $: expected an object, found null
          "HELLO"                       | $: expected an object, found "HELLO"
          ''                            | $: expected an object, found nothing
          {}                            | $.event: expected text, found nothing
          {"event": null}               | $.event: expected text, found null
          {"event": 5}                  | $.event: expected text, found 5
          {"event": true}               | $.event: expected text, found true
          {"event": {}}                 | $.event: expected text, found an object
          {"event": "hello"}            | $.event: expected one of HELLO, WHATS_NEXT, DESCRIPTION, ADJUSTMENT, MEASUREMENT, DIAG, GOODBYE, found "hello"
          {"event": "A\\nB\\"C"}        | $.event: expected one of HELLO, WHATS_NEXT, DESCRIPTION, ADJUSTMENT, MEASUREMENT, DIAG, GOODBYE, found "A\\nB\\"C"
          {"event": "HELLO"}            | $.param: expected an object, found nothing
          {"event": "GOODBYE", "param": []} | $.param: expected an object, found an array
          {"event": "ADJUSTMENT", "param": 1.50} | $.param: expected an object, found 1.50
          """)
  void saysWhatIsWrongWithTheEnvelope(String json, String message) {
    assertThatThrownBy(() -> read(json)).isInstanceOf(ProtocolException.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          HELLO       | {}                                     | $.param.account: expected text, found nothing
          HELLO       | {"account": 1}                         | $.param.account: expected text, found 1
          HELLO       | {"account": "a", "version": 1.2}       | $.param.version: expected text, found 1.2
          HELLO       | {"account": "a", "namespaces": "b"}    | $.param.namespaces: expected an array, found "b"
          HELLO       | {"account": "a", "namespaces": ["b", {}]} | $.param.namespaces[1]: expected text, found an object
          DIAG        | {"account": "a"}                       | $.param.reason: expected text, found nothing
          DIAG        | {"account": "a", "reason": "r", "stderr": []} | $.param.stderr: expected text, found an array
          GOODBYE     | {"account": "a", "reason": 15}         | $.param.reason: expected text, found 15
          ADJUSTMENT  | {"status": "maybe"}                    | $.param.status: expected "ok" or "failed", found "maybe"
          ADJUSTMENT  | {"status": 0}                          | $.param.status: expected text, found 0
          ADJUSTMENT  | {"status": "failed", "message": 1}     | $.param.message: expected text, found 1
          """)
  void saysWhatIsWrongWithTheSmallEvents(String event, String param, String message) {
    assertThatThrownBy(() -> read(envelope(event, param))).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                | $.param.metrics: expected an object, found nothing
          {"metrics": []}                                   | $.param.metrics: expected an object, found an array
          {"metrics": {"duration": 3}}                      | $.param.metrics.duration: expected an object, found 3
          {"metrics": {"duration": {}}}                     | $.param.metrics.duration.value: expected a number, found nothing
          {"metrics": {"duration": {"value": null}}}        | $.param.metrics.duration.value: expected a number, found null
          {"metrics": {"duration": {"value": "x"}}}         | $.param.metrics.duration.value: expected a number, found "x"
          {"metrics": {"duration": {"value": "3"}}}         | $.param.metrics.duration.value: expected a number, found "3"
          {"metrics": {"duration": {"value": -1}}}          | $.param.metrics.duration.value: expected a number of at least 0, found -1
          {"metrics": {"cpu_time": {"value": -1e-9}}}       | $.param.metrics.cpu_time.value: expected a number of at least 0, found -1E-9
          {"metrics": {"perf": {"value": 1e400}}}           | $.param.metrics.perf.value: expected a number of ordinary size
          {"metrics": {"perf": {"value": 1e999999999}}}     | $.param.metrics.perf.value: expected a number of ordinary size
          {"metrics": {"perf": {"value": 1e-999999999}}}    | $.param.metrics.perf.value: expected a number of ordinary size
          {"metrics": {"duration": {"value": 1, "unit": "ms"}}} | $.param.metrics.duration.unit: expected "s", found "ms"
          {"metrics": {"max_memory": {"value": 1, "unit": "GiB"}}} | $.param.metrics.max_memory.unit: expected "bytes", found "GiB"
          {"metrics": {"perf": {"value": 1, "unit": 1}}}    | $.param.metrics.perf.unit: expected text, found 1
          {"metrics": {}, "annotations": "x"}               | $.param.annotations: expected an object, found "x"
          {"metrics": {}, "annotations": {"exitcode": "0"}} | $.param.annotations.exitcode: expected a number, found "0"
          {"metrics": {}, "annotations": {"exitcode": 0.5}} | $.param.annotations.exitcode: expected a whole number, found 0.5
          {"metrics": {}, "annotations": {"exitcode": 2147483648}} | $.param.annotations.exitcode: expected a whole number from -2147483648 to 2147483647, found 2147483648
          {"metrics": {}, "annotations": {"reason": 7}}     | $.param.annotations.reason: expected text, found 7
          {"status": "lost", "metrics": {}}                 | $.param.status: expected "ok" or "failed", found "lost"
          {"status": "failed", "message": {}}               | $.param.message: expected text, found an object
          """)
  void saysWhatIsWrongWithAMeasurement(String param, String message) {
    assertThatThrownBy(() -> read(envelope("MEASUREMENT", param)))
        .isInstanceOf(ProtocolException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                            | $.param.application: expected an object, found nothing
          {"application": {}}                           | $.param.application.components: expected an object, found nothing
          {"application": {"components": {"c": {}}}}    | $.param.application.components.c.settings: expected an object, found nothing
          {"application": {"components": {"a.b": 1}}}   | $.param.application.components["a.b"]: expected an object, found 1
          {"application": {"components": {}}, "metrics": {"perf": 1}} | $.param.metrics.perf: expected an object, found 1
          {"application": {"components": {}}, "metrics": {"perf": {"unit": "s"}}} | $.param.metrics.perf.unit: expected "1/s", found "s"
          """)
  void saysWhatIsWrongWithADescription(String param, String message) {
    assertThatThrownBy(() -> read(envelope("DESCRIPTION", param))).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                                          | .type: expected text, found nothing
          {"type": "enum"}                                            | .type: expected "range", found "enum"
          {"type": "range", "min": 0}                                 | .max: expected a number, found nothing
          {"type": "range", "min": 2, "max": 1}                       | .max: expected a number of at least min, found 1
          {"type": "range", "min": 0, "max": 1, "value": "x"}         | .value: expected a number, found "x"
          {"type": "range", "min": 0, "max": 1, "value": 1, "step": -1} | .step: expected a number of at least 0, found -1
          {"type": "range", "min": 0, "max": 1, "value": 1, "step": 1, "unit": 1} | .unit: expected text, found 1
          """)
  void saysWhatIsWrongWithASetting(String setting, String message) {
    String param =
        "{\"application\": {\"components\": {\"c\": {\"settings\": {\"cpu\": " + setting + "}}}}}";

    assertThatThrownBy(() -> read(envelope("DESCRIPTION", param)))
        .hasMessage("$.param.application.components.c.settings.cpu" + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"event": "HELLO"               | line 1 column 18: Unexpected end-of-input: expected close marker for Object
          {"event": "WHATS_NEXT"} x       | line 1 column 25: Unrecognized token 'x': was expecting
          {"event": NaN}                  | line 1 column 14: Non-standard token 'NaN'
          {"event": "DIAG", "event": "X"} | line 1 column 26: Duplicate Object property "event"
          <html>                          | line 1 column 1: Unexpected character ('<' (code 60)): expected a valid value
          """)
  void saysWhereItCeasesToBeJson(String json, String problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("$: not JSON, " + problem)
        .message()
        .doesNotContain("(JSON", "REDACTED");
  }

  @Test
  void refusesOneDocumentAfterAnother() {
    assertThatThrownBy(() -> read("{\"event\": \"WHATS_NEXT\"} {}"))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("$: not JSON, line 1 column ");
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    String json = "{\"event\":\"WHATS_NEXT\",\"param\":" + "[".repeat(100_000);

    assertThatThrownBy(() -> read(json))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("$: not JSON");
  }

  @Test
  void refusesBytesThatAreNoText() {
    byte[] bytes = {'{', '"', (byte) 0xc3, '"', '}'};

    assertThatThrownBy(() -> EventJson.read(bytes))
        .isInstanceOf(ProtocolException.class)
        .hasMessageStartingWith("$: not JSON");
  }

  @Test
  void showsOnlyTheBeginningOfALongValue() {
    assertThatThrownBy(() -> read("{\"event\": \"" + "x".repeat(60) + "\"}"))
        .message()
        .endsWith("found \"" + "x".repeat(60) + "\"");
    assertThatThrownBy(() -> read("{\"event\": \"" + "x".repeat(5_000) + "\"}"))
        .message()
        .endsWith("found \"" + "x".repeat(60) + "...\"");
  }

  @Test
  void takesNumbersOfManyDigitsButNotOfAnyNumber() {
    assertThat(read(ofDuration("0." + "1".repeat(400))))
        .isEqualTo(read(ofDuration("0.1111111111111111111")));
    assertThatThrownBy(() -> read(ofDuration("1." + "1".repeat(400))))
        .hasMessage("$.param.metrics.duration.value: expected a number of ordinary size");
  }

  @Test
  void theExceptionKnowsThePlace() {
    assertThatThrownBy(() -> read(envelope("MEASUREMENT", "{\"metrics\": {\"perf\": {}}}")))
        .isInstanceOfSatisfying(
            ProtocolException.class,
            e -> assertThat(e.path()).isEqualTo("$.param.metrics.perf.value"));
  }

  @Test
  void eventsAreNamedAsInJson() {
    assertThat(new WhatsNext().name()).isEqualTo("WHATS_NEXT");
    assertThat(new Adjustment.Failed("").name()).isEqualTo("ADJUSTMENT");
  }

  private static String ofDuration(String number) {
    return envelope("MEASUREMENT", "{\"metrics\": {\"duration\": {\"value\": " + number + "}}}");
  }

  private static String envelope(String event, String param) {
    return "{\"event\": \"" + event + "\", \"param\": " + param + "}";
  }

  private static Event read(String json) {
    return EventJson.read(json.getBytes(UTF_8));
  }
}
