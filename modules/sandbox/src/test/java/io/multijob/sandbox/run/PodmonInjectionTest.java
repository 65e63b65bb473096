package io.multijob.sandbox.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.YamlText;
import io.multijob.sandbox.api.rules.QosClass;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PodmonInjectionTest {
  private final PodmonInjection injection = new PodmonInjection(List.of("java", "Podmon"));

  @Test
  void podmonIsTheLastInitContainerAndStays() {
    ObjectNode pod =
        pod("{restartPolicy: Never, initContainers: [{name: i}], containers: [{name: c}]}");

    injection.mutate(pod);

    JsonNode init = Json.at(pod, "spec", "initContainers");
    assertThat(init.size()).isEqualTo(2);
    JsonNode podmon = init.get(1);
    assertThat(Json.text(podmon, "name")).isEqualTo("zzzzmonitor");
    assertThat(Json.text(podmon, "restartPolicy")).isEqualTo("Always");
    assertThat(podmon.path("command").toString()).isEqualTo("[\"java\",\"Podmon\"]");
    assertThat(podmon.path("env").toString())
        .isEqualTo(
            "[{\"name\":\"OPTUNE_SELF_ID\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":\"metadata.uid\"}}}]");
  }

  @Test
  void aPodThatIsNotOneTimeIsLeftAlone() {
    ObjectNode pod = pod("{restartPolicy: OnFailure, containers: [{name: c}]}");
    ObjectNode before = pod.deepCopy();

    injection.mutate(pod);

    assertThat(pod).isEqualTo(before);
  }

  @Test
  void aPodThatHasPodmonIsLeftAlone() {
    ObjectNode pod = pod("{restartPolicy: Never, containers: [{name: c}, {name: zzzzmonitor}]}");
    ObjectNode before = pod.deepCopy();

    injection.mutate(pod);

    assertThat(pod).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BestEffort | {}
          Burstable  | {requests: {cpu: 1}}
          Burstable  | {limits: {memory: 1Gi}}
          Guaranteed | {limits: {cpu: 500m, memory: 1Gi}}
          Guaranteed | {limits: {cpu: 1, memory: 1Gi}, requests: {cpu: 1000m, memory: 1024Mi}}
          """)
  void theClassOfServiceStays(String expected, String resources) {
    ObjectNode pod =
        pod("{restartPolicy: Never, containers: [{name: c, resources: %s}]}".formatted(resources));
    assertThat(QosClass.of(pod.path("spec"))).isEqualTo(expected);

    injection.mutate(pod);

    assertThat(QosClass.of(pod.path("spec"))).isEqualTo(expected);
  }

  private static ObjectNode pod(String spec) {
    return (ObjectNode) YamlText.documents("{spec: %s}".formatted(spec)).getFirst();
  }
}
