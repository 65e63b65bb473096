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
  void anObjectIsTypedByItsPlace() {
    JsonNode container =
        JsonMapper.shared()
            .readTree(
                """
                {"name": "it's", "ports": [{"port": 1}], "on": true,
                 "resources": {"limits": {"cpu": "1"}}}
                """);

    assertThat(Cel.object(container, "Object.spec.c"))
        .isEqualTo(
            "Object.spec.c{name: 'it\\'s', ports: [Object.spec.c.ports{port: 1}], on: true,"
                + " resources: Object.spec.c.resources{limits: {'cpu': '1'}}}");
  }
}
