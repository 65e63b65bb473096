package io.multijob.sandbox.api.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class MergePatchTest {

  /// The test cases of RFC 7386, appendix A, that are about objects.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":"b"}                   | {"a":"c"}                   | {"a":"c"}
          {"a":"b"}                   | {"b":"c"}                   | {"a":"b","b":"c"}
          {"a":"b"}                   | {"a":null}                  | {}
          {"a":"b","b":"c"}           | {"a":null}                  | {"b":"c"}
          {"a":["b"]}                 | {"a":"c"}                   | {"a":"c"}
          {"a":"c"}                   | {"a":["b"]}                 | {"a":["b"]}
          {"a":{"b":"c"}}             | {"a":{"b":"d","c":null}}    | {"a":{"b":"d"}}
          {"a":[{"b":"c"}]}           | {"a":[1]}                   | {"a":[1]}
          {"e":null}                  | {"a":1}                     | {"e":null,"a":1}
          {}                          | {"a":{"bb":{"ccc":null}}}   | {"a":{"bb":{}}}
          """)
  void appliesAsTheStandardSays(String target, String patch, String result) {
    ObjectNode document = read(target);

    MergePatch.apply(document, read(patch));

    assertThat(document).isEqualTo(read(result));
  }

  private static ObjectNode read(String text) {
    return Json.readObject(text.getBytes(UTF_8));
  }
}
