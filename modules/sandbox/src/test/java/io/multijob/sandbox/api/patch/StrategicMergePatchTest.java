package io.multijob.sandbox.api.patch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.schema.Schemas;
import io.multijob.sandbox.api.schema.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class StrategicMergePatchTest {
  private static final Type POD = Schemas.load().of(Resource.PODS);

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          containers by name  | {"spec":{"containers":[{"name":"a","image":"1"},{"name":"b"}]}} | {"spec":{"containers":[{"name":"b","image":"2"}]}} | {"spec":{"containers":[{"name":"a","image":"1"},{"name":"b","image":"2"}]}}
          a new one first     | {"spec":{"containers":[{"name":"a"}]}} | {"spec":{"containers":[{"name":"b"}]}} | {"spec":{"containers":[{"name":"b"},{"name":"a"}]}}
          one goes            | {"spec":{"containers":[{"name":"a"},{"name":"b"}]}} | {"spec":{"containers":[{"name":"a","$patch":"delete"}]}} | {"spec":{"containers":[{"name":"b"}]}}
          a whole new list    | {"spec":{"containers":[{"name":"a"}]}} | {"spec":{"containers":[{"$patch":"replace"},{"name":"b"}]}} | {"spec":{"containers":[{"name":"b"}]}}
          one replaced whole  | {"spec":{"containers":[{"name":"a","image":"1"}]}} | {"spec":{"containers":[{"$patch":"replace","name":"a","command":["x"]}]}} | {"spec":{"containers":[{"name":"a","command":["x"]}]}}
          a plain list        | {"spec":{"containers":[{"name":"a","command":["x","y"]}]}} | {"spec":{"containers":[{"name":"a","command":["z"]}]}} | {"spec":{"containers":[{"name":"a","command":["z"]}]}}
          env by name         | {"spec":{"containers":[{"name":"a","env":[{"name":"E","value":"1"}]}]}} | {"spec":{"containers":[{"name":"a","env":[{"name":"E","value":"2"}]}]}} | {"spec":{"containers":[{"name":"a","env":[{"name":"E","value":"2"}]}]}}
          mounts by path      | {"spec":{"containers":[{"name":"a","volumeMounts":[{"mountPath":"/m","name":"v"}]}]}} | {"spec":{"containers":[{"name":"a","volumeMounts":[{"mountPath":"/m","readOnly":true}]}]}} | {"spec":{"containers":[{"name":"a","volumeMounts":[{"mountPath":"/m","name":"v","readOnly":true}]}]}}
          volumes retain keys | {"spec":{"volumes":[{"name":"v","emptyDir":{}}]}} | {"spec":{"volumes":[{"$retainKeys":["name","hostPath"],"name":"v","hostPath":{"path":"/"}}]}} | {"spec":{"volumes":[{"name":"v","hostPath":{"path":"/"}}]}}
          finalizers          | {"metadata":{"finalizers":["a","b"]}} | {"metadata":{"finalizers":["b","c"]}} | {"metadata":{"finalizers":["a","b","c"]}}
          finalizers go       | {"metadata":{"finalizers":["a","b"]}} | {"metadata":{"$deleteFromPrimitiveList/finalizers":["a"]}} | {"metadata":{"finalizers":["b"]}}
          null removes        | {"metadata":{"labels":{"a":"1","b":"2"}}} | {"metadata":{"labels":{"a":null}}} | {"metadata":{"labels":{"b":"2"}}}
          a map replaced      | {"metadata":{"labels":{"a":"1"}}} | {"metadata":{"labels":{"$patch":"replace","b":"2"}}} | {"metadata":{"labels":{"b":"2"}}}
          a map goes          | {"metadata":{"labels":{"a":"1"}}} | {"metadata":{"labels":{"$patch":"delete"}}} | {"metadata":{}}
          order given         | {"spec":{"containers":[{"name":"a"},{"name":"z"},{"name":"b"}]}} | {"spec":{"$setElementOrder/containers":[{"name":"a"},{"name":"n"},{"name":"b"}],"containers":[{"name":"n"}]}} | {"spec":{"containers":[{"name":"a"},{"name":"n"},{"name":"z"},{"name":"b"}]}}
          """)
  void applies(String what, String target, String patch, String result) {
    ObjectNode document = read(target);

    StrategicMergePatch.apply(document, read(patch), POD);

    assertThat(document).as(what).isEqualTo(read(result));
  }

  @Test
  void refusesAnElementWithoutItsKey() {
    ObjectNode document = read("{\"spec\":{\"containers\":[{\"name\":\"a\"}]}}");

    assertThatThrownBy(() ->
            StrategicMergePatch.apply(
                document, read("{\"spec\":{\"containers\":[{\"image\":\"x\"}]}}"), POD))
        .isInstanceOf(ApiError.class)
        .hasMessageContaining("does not contain declared merge key: name");
  }

  private static ObjectNode read(String text) {
    return Json.readObject(text.getBytes(UTF_8));
  }
}
