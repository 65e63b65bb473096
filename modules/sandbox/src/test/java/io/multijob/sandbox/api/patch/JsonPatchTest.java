package io.multijob.sandbox.api.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class JsonPatchTest {

  /// Mostly the examples of RFC 6902, appendix A.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"foo":"bar"}           | {"op":"add","path":"/baz","value":"qux"}       | {"foo":"bar","baz":"qux"}
          {"foo":["a","c"]}       | {"op":"add","path":"/foo/1","value":"b"}       | {"foo":["a","b","c"]}
          {"foo":["a"]}           | {"op":"add","path":"/foo/-","value":["b"]}     | {"foo":["a",["b"]]}
          {"a":1,"b":2}           | {"op":"remove","path":"/a"}                    | {"b":2}
          {"a":[1,2,3]}           | {"op":"remove","path":"/a/1"}                  | {"a":[1,3]}
          {"a":[1,2,3]}           | {"op":"remove","path":"/a/-1"}                 | {"a":[1,2]}
          {"a":1}                 | {"op":"replace","path":"/a","value":2}         | {"a":2}
          {"a":1}                 | {"op":"replace","path":"/b","value":2}         | {"a":1,"b":2}
          {"a":{"b":1},"c":{}}    | {"op":"move","from":"/a/b","path":"/c/d"}      | {"a":{},"c":{"d":1}}
          {"a":[1,2,3]}           | {"op":"move","from":"/a/0","path":"/a/2"}      | {"a":[2,3,1]}
          {"a":{"b":1}}           | {"op":"copy","from":"/a","path":"/c"}          | {"a":{"b":1},"c":{"b":1}}
          {"/":1,"~":2}           | {"op":"test","path":"/~1","value":1}           | {"/":1,"~":2}
          {"/":1,"~":2}           | {"op":"add","path":"/~0","value":3}            | {"/":1,"~":3}
          {"a":1}                 | {"op":"test","path":"/b","value":null}         | {"a":1}
          {"a":{}}                | {"op":"add","path":"/a/","value":1}            | {"a":{"":1}}
          """)
  void applies(String target, String operation, String result) {
    ObjectNode document = (ObjectNode) read(target);

    JsonPatch.apply(document, (ArrayNode) read("[" + operation + "]"));

    assertThat(document).isEqualTo(read(result));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"op":"add","path":"/x/y","value":1}      | missing path /x/y
          {"op":"remove","path":"/x"}               | missing path /x
          {"op":"remove","path":"/list/2"}          | array index out of bounds 2
          {"op":"add","path":"/list/3","value":1}   | array index out of bounds 3
          {"op":"add","path":"/list/x","value":1}   | invalid array index x
          {"op":"move","from":"/x","path":"/y"}     | missing path /x
          {"op":"test","path":"/a","value":2}       | testing value /a failed
          {"op":"test","path":"/a","value":"1"}     | testing value /a failed
          {"op":"remove","path":""}                 | the whole document cannot be changed
          {"op":"remove"}                           | operation missing path field
          {"op":"merge","path":"/a"}                | unexpected kind: merge
          """)
  void refusesWhatCannotBeDone(String operation, String reason) {
    ObjectNode document = (ObjectNode) read("{\"a\":1,\"list\":[1,2]}");

    assertThatThrownBy(() -> JsonPatch.apply(document, (ArrayNode) read("[" + operation + "]")))
        .isInstanceOf(ApiError.class)
        .hasMessage("the server rejected our request due to an error in our request: " + reason);
  }

  private static JsonNode read(String text) {
    return Json.read(text.getBytes(UTF_8));
  }
}
