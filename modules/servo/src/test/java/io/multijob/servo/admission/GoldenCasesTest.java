package io.multijob.servo.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class GoldenCasesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @ParameterizedTest
  @MethodSource("io.multijob.servo.admission.GoldenCase#all")
  void makesThePodThatIsWanted(GoldenCase golden) {
    JsonNode response = answer(handler(golden), golden, golden.given());

    assertThat(GoldenCase.withoutNote(patched(golden.given(), response))).isEqualTo(golden.pod());
    assertThat(response.path("uid")).isEqualTo(golden.review().path("request").path("uid"));
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("warnings").isEmpty()).isEqualTo(golden.warnings().isEmpty());
    assertThat(golden.warnings())
        .allSatisfy(warning -> assertThat(response.path("warnings").toString()).contains(warning));
  }

  @ParameterizedTest
  @MethodSource("io.multijob.servo.admission.GoldenCase#all")
  void changesNothingTheSecondTime(GoldenCase golden) {
    ReviewHandler handler = handler(golden);
    JsonNode first = patched(golden.given(), answer(handler, golden, golden.given()));

    JsonNode response = answer(handler, golden, first);

    assertThat(response.has("patch")).isFalse();
    assertThat(response.has("patchType")).isFalse();
  }

  /// As when a policy, or another replica, was there before.
  @ParameterizedTest
  @MethodSource("io.multijob.servo.admission.GoldenCase#all")
  void changesNothingOfWhatAnotherHasMadeOfIt(GoldenCase golden) {
    JsonNode response = answer(handler(golden), golden, golden.pod());

    assertThat(GoldenCase.withoutNote(patched(golden.pod(), response))).isEqualTo(golden.pod());
  }

  @Test
  void haveAllRowsOfTheOriginalsThatArePatching() throws IOException, URISyntaxException {
    List<String> rows =
        GoldenCase.all()
            .flatMap(golden -> golden.settings().path("rows").valueStream())
            .map(JsonNode::asString)
            .distinct()
            .toList();

    assertThat(rows)
        .contains("B14", "B19", "B20", "B22", "B24", "B25", "B26", "B28", "B30", "B33", "B34");
  }

  private static ReviewHandler handler(GoldenCase golden) {
    return new ReviewHandler(
        new Admitting(
            golden.core(),
            namespace -> golden.namespace(),
            golden.restraint(),
            new Hearing(
                (appId, description) -> golden.agreement(),
                (appId, command, message) -> {},
                PATIENCE),
            new RecordedAdmissions()));
  }

  private static JsonNode answer(ReviewHandler handler, GoldenCase golden, JsonNode pod) {
    byte[] body = golden.reviewOf(pod).toString().getBytes(UTF_8);
    Response response =
        handler.handle(new Request("POST", "/mutate", Map.of(), Map.of(), body, "127.0.0.1"));
    assertThat(response.status()).isEqualTo(200);
    return JsonMapper.shared().readTree(((Response.Complete) response).body()).path("response");
  }

  private static JsonNode patched(JsonNode pod, JsonNode response) {
    String patch = response.path("patch").asString("");
    if (patch.isEmpty()) {
      return pod;
    }
    assertThat(response.path("patchType").asString()).isEqualTo("JSONPatch");
    return io.fabric8.zjsonpatch.JsonPatch.apply(
        JsonMapper.shared().readTree(Base64.getDecoder().decode(patch)), pod);
  }
}
