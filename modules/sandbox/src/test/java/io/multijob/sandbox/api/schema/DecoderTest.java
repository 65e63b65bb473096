package io.multijob.sandbox.api.schema;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class DecoderTest {
  private static final Schemas SCHEMAS = Schemas.load();

  @Test
  void takesOutAndNamesWhatIsNotKnown() {
    ObjectNode pod =
        read("{\"spec\":{\"containers\":[{\"name\":\"a\",\"imagge\":\"b\"}]},\"extra\":{}}");

    List<String> unknown = Decoder.decode(SCHEMAS, Resource.PODS, pod);

    assertThat(unknown).containsExactly("spec.containers[0].imagge", "extra");
    assertThat(pod).isEqualTo(read("{\"spec\":{\"containers\":[{\"name\":\"a\"}]}}"));
  }

  @Test
  void takesOutNullsAndWhatIsEmpty() {
    ObjectNode pod =
        read(
            "{\"metadata\":{\"creationTimestamp\":null,\"labels\":{},\"finalizers\":[]},"
                + "\"status\":{}}");

    List<String> unknown = Decoder.decode(SCHEMAS, Resource.PODS, pod);

    assertThat(unknown).isEmpty();
    assertThat(pod).isEqualTo(read("{\"metadata\":{},\"status\":{}}"));
  }

  @Test
  void keepsWholeSecondsAndQuantitiesAsText() {
    ObjectNode pod =
        read(
            "{\"status\":{\"startTime\":\"2026-11-22T23:30:30.987+01:00\"},\"spec\":{\"containers\":"
                + "[{\"resources\":{\"limits\":{\"cpu\":1}}}]}}");

    Decoder.decode(SCHEMAS, Resource.PODS, pod);

    assertThat(Json.text(pod, "status", "startTime")).isEqualTo("2026-11-22T22:30:30Z");
    assertThat(pod.at("/spec/containers/0/resources/limits/cpu").isString()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"spec":[]}                          | json: cannot unmarshal array into Go struct field Pod.spec of type v1.PodSpec
          {"spec":{"hostNetwork":"yes"}}       | json: cannot unmarshal string into Go struct field PodSpec.spec.hostNetwork of type bool
          {"spec":{"priority":1.5}}            | json: cannot unmarshal number into Go struct field PodSpec.spec.priority of type int32
          {"metadata":{"labels":{"a":1}}}      | json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string
          {"metadata":{"labels":[]}}           | json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string
          """)
  void refusesAValueOfAWrongType(String document, String reason) {
    assertThatThrownBy(() -> Decoder.decode(SCHEMAS, Resource.PODS, read(document)))
        .isInstanceOf(ApiError.class)
        .hasMessage("Pod in version \"v1\" cannot be handled as a Pod: " + reason);
  }

  @Test
  void aLeaseHasMicroseconds() {
    ObjectNode lease = read("{\"spec\":{\"renewTime\":\"2026-11-22T22:30:30.123456Z\"}}");

    Decoder.decode(SCHEMAS, Resource.LEASES, lease);

    assertThat(Json.text(lease, "spec", "renewTime")).isEqualTo("2026-11-22T22:30:30.123456Z");
    assertThatThrownBy(() ->
            Decoder.decode(
                SCHEMAS,
                Resource.LEASES,
                read("{\"spec\":{\"renewTime\":\"2026-11-22T22:30:30Z\"}}")))
        .isInstanceOf(ApiError.class);
  }

  private static ObjectNode read(String text) {
    return Json.readObject(text.getBytes(UTF_8));
  }
}
