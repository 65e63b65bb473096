package io.multijob.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.multijob.protocol.Answer.Commanded;
import io.multijob.protocol.Answer.Done;
import io.multijob.protocol.Command.Adjust;
import io.multijob.protocol.Command.Sleep;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerJsonTest {
  private static final Golden GOLDEN = new Golden("answers");
  private static final Map<String, Answer> SAMPLES =
      Map.of(
          "done", new Done(),
          "describe", new Commanded(new Command.Describe()),
          "adjust", new Commanded(adjust()),
          "adjust-nothing", new Commanded(new Adjust(Map.of())),
          "measure", new Commanded(new Command.Measure()),
          "sleep", new Commanded(new Sleep(Duration.ofSeconds(60))),
          "sleep-fraction", new Commanded(new Sleep(Duration.ofMillis(1_250))),
          "unknown", new Commanded(new Command.Unknown("DANCE")));

  static Stream<Arguments> samples() {
    return SAMPLES.entrySet().stream().map(sample -> arguments(sample.getKey(), sample.getValue()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void writesWhatTheGoldenFileSays(String name, Answer sample) {
    String json = AnswerJson.write(sample);

    assertThat(json).isEqualTo(GOLDEN.read(name));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void readsWhatTheGoldenFileSays(String name, Answer sample) {
    Answer answer = read(GOLDEN.read(name));

    assertThat(answer).isEqualTo(sample);
  }

  @Test
  void everyGoldenFileHasASample() throws IOException {
    assertThat(GOLDEN.names()).containsExactlyInAnyOrderElementsOf(SAMPLES.keySet());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "OK",
        "<html>",
        "{",
        "null",
        "5",
        "\"MEASURE\"",
        "[]",
        "{}",
        "{\"cmd\":null}",
        "{\"status\":\"ok\"}",
        "{\"status\":\"failed\",\"message\":\"x\"}",
        "{\"param\":{}}"
      })
  void aBodyWithoutACommandAsksForNothing(String body) {
    assertThat(read(body)).isEqualTo(new Done());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"cmd": "MEASURE"}
          {"cmd": "MEASURE", "param": null}
          {"cmd": "MEASURE", "param": []}
          {"status": "ok", "cmd": "MEASURE", "param": {"control": {"duration": 120}}}
          """)
  void theParamOfMeasureIsIgnored(String body) {
    assertThat(read(body)).isEqualTo(new Commanded(new Command.Measure()));
  }

  @Test
  void theStateOfAnAdjustMayComeUnwrappedAndWithMore() {
    Answer answer =
        read(
            """
            {"cmd": "ADJUST", "id": 7, "param": {"control": {}, "application": {"note": 1,
              "components": {"main": {"command": "", "settings": {
                "cpu": {"value": 5e-1, "type": "range", "max": 3.5},
                "mem": {"value": 134217728.0},
                "MODE": {"value": "fast"},
                "DEPTH": {"value": "0x10"}}},
              "side": {"settings": {"cpu": {"value": "0.25"}}},
              "quiet": {}}}}}
            """);

    assertThat(answer).isEqualTo(new Commanded(adjust()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"cmd": 5}                                    | $.cmd: expected text, found 5
          {"cmd": "SLEEP"}                              | $.param: expected an object, found nothing
          {"cmd": "SLEEP", "param": {}}                 | $.param.duration: expected a number, found nothing
          {"cmd": "SLEEP", "param": {"duration": "60"}} | $.param.duration: expected a number, found "60"
          {"cmd": "SLEEP", "param": {"duration": -1}}   | $.param.duration: expected a number of at least 0, found -1
          {"cmd": "SLEEP", "param": {"duration": 1e99}} | $.param.duration: expected at most 31536000 seconds, found 1E+99
          {"cmd": "ADJUST"}                             | $.param: expected an object, found nothing
          {"cmd": "ADJUST", "param": {}}                | $.param.application: expected an object, found nothing
          {"cmd": "ADJUST", "param": {"state": {}}}     | $.param.state.application: expected an object, found nothing
          {"cmd": "ADJUST", "param": {"state": []}}     | $.param.state: expected an object, found an array
          """)
  void saysWhatIsWrongWithACommand(String body, String message) {
    assertThatThrownBy(() -> read(body)).isInstanceOf(ProtocolException.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"settings": 1}                            | .settings: expected an object, found 1
          {"settings": {"cpu": 0.5}}                 | .settings.cpu: expected an object, found 0.5
          {"settings": {"cpu": {}}}                  | .settings.cpu.value: expected a number or text, found nothing
          {"settings": {"cpu": {"value": null}}}     | .settings.cpu.value: expected a number or text, found null
          {"settings": {"cpu": {"value": true}}}     | .settings.cpu.value: expected a number or text, found true
          {"settings": {"a b": {"value": [1]}}}      | .settings["a b"].value: expected a number or text, found an array
          {"settings": {"cpu": {"value": 1e999999}}} | .settings.cpu.value: expected a number of ordinary size
          """)
  void saysWhatIsWrongWithASetting(String component, String message) {
    String body =
        "{\"cmd\": \"ADJUST\", \"param\": {\"application\": {\"components\": {\"main\": "
            + component
            + "}}}}";

    assertThatThrownBy(() -> read(body))
        .hasMessage("$.param.application.components.main" + message);
  }

  @Test
  void readsBackWhateverItWrites() {
    var random = new RandomValues(2);
    for (int i = 0; i < 2_000; i++) {
      Answer answer = new Commanded(randomCommand(random));

      Answer back = read(AnswerJson.write(answer));

      assertThat(back).isEqualTo(answer);
    }
  }

  private static Adjust adjust() {
    var main = new LinkedHashMap<String, SettingValue>();
    main.put("cpu", SettingValue.of(0.5));
    main.put("mem", SettingValue.of(134_217_728));
    main.put("MODE", SettingValue.of("fast"));
    main.put("DEPTH", SettingValue.of("0x10"));
    var components = new LinkedHashMap<String, Map<String, SettingValue>>();
    components.put("main", main);
    components.put("side", Map.of("cpu", SettingValue.of("0.25")));
    components.put("quiet", Map.of());
    return new Adjust(components);
  }

  private static Command randomCommand(RandomValues random) {
    return switch (random.below(5)) {
      case 0 -> new Command.Describe();
      case 1 -> new Command.Measure();
      case 2 -> new Sleep(Duration.ofNanos(random.upTo(Duration.ofDays(365).toNanos())));
      case 3 -> new Command.Unknown("x" + random.text());
      default ->
          new Adjust(
              Map.of(
                  random.text(),
                  Map.of(
                      "text", SettingValue.of(random.text()),
                      "number", SettingValue.of(random.signed()),
                      "whole",
                          new SettingValue.Numeric(
                              BigDecimal.valueOf(random.upTo(Long.MAX_VALUE))))));
    };
  }

  private static Answer read(String body) {
    return AnswerJson.read(body.getBytes(UTF_8));
  }
}
