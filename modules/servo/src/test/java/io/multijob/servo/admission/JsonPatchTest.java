package io.multijob.servo.admission;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class JsonPatchTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":1}                 ; {"a":1}                   ; []
          {"a":1}                 ; {"a":2}                   ; [{"op":"replace","path":"/a","value":2}]
          {"a":1}                 ; {}                        ; [{"op":"remove","path":"/a"}]
          {}                      ; {"a":null}                ; [{"op":"add","path":"/a","value":null}]
          {"a":null}              ; {"a":[]}                  ; [{"op":"replace","path":"/a","value":[]}]
          {"a/b":{"c~d":1}}       ; {"a/b":{"c~d":2}}         ; [{"op":"replace","path":"/a~1b/c~0d","value":2}]
          {"":1}                  ; {"":2}                    ; [{"op":"replace","path":"/","value":2}]
          [1,2]                   ; [1,2,3]                   ; [{"op":"add","path":"/2","value":3}]
          [1,2]                   ; [0,1,2]                   ; [{"op":"add","path":"/0","value":0}]
          [1,1]                   ; [1,1,1]                   ; [{"op":"add","path":"/2","value":1}]
          []                      ; [1,2]                     ; [{"op":"add","path":"/0","value":1},{"op":"add","path":"/1","value":2}]
          [1,2,3,4]               ; [1,4]                     ; [{"op":"remove","path":"/2"},{"op":"remove","path":"/1"}]
          [{"a":1},{"b":1}]       ; [{"a":1},{"b":2}]         ; [{"op":"replace","path":"/1/b","value":2}]
          [{"a":1},{"b":1}]       ; [{"a":2},{"b":1},{"c":1}] ; [{"op":"replace","path":"/0/a","value":2},{"op":"add","path":"/2","value":{"c":1}}]
          [1,2]                   ; [2,1]                     ; [{"op":"replace","path":"/0","value":2},{"op":"replace","path":"/1","value":1}]
          {"a":[1]}               ; {"a":{"b":1}}             ; [{"op":"replace","path":"/a","value":{"b":1}}]
          """)
  void saysWhatToChange(String given, String wanted, String steps) {
    JsonNode from = json(given);
    JsonNode to = json(wanted);

    JsonNode patch = JsonPatch.between(from, to);

    assertThat(patch).isEqualTo(json(steps));
    assertThat(io.fabric8.zjsonpatch.JsonPatch.apply(patch, from)).isEqualTo(to);
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }
}
