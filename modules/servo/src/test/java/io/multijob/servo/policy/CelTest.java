package io.multijob.servo.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class CelTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain",
        "it's",
        "\"quoted\"",
        "back\\slash",
        "\\'",
        "a\nb\tc",
        "ä€😀",
        "\u007f"
      })
  void aStringIsItself(String text) {
    JsonNode nothing = JsonMapper.shared().createObjectNode();

    assertThat(CelEvaluation.evaluate(Cel.string(text), nothing)).isEqualTo(text);
  }

  @Test
  void jsonIsItself() {
    JsonNode container =
        JsonMapper.shared()
            .readTree(
                """
                {"name": "it's", "args": ["a", "b"], "ports": [{"port": 1}, {"name": "web"}],
                 "on": true, "resources": {"limits": {"cpu": "1"}}, "none": [], "empty": {}}
                """);

    String json = Cel.json(container);

    assertThat(CelEvaluation.evaluate(json + " == object", container)).isEqualTo(true);
  }

  /// The API server compiles no map or list of values of several types.
  @Test
  void valuesOfSeveralTypesAreOfNoTypeInParticular() {
    JsonNode mixed =
        JsonMapper.shared().readTree("{'a': 'x', 'b': 1, 'c': ['y', 2]}".replace('\'', '"'));

    assertThat(Cel.json(mixed))
        .isEqualTo("{'a': dyn('x'), 'b': dyn(1), 'c': dyn([dyn('y'), dyn(2)])}");
  }
}
