package io.multijob.servo.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.injection.Injected.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the golden cases of admission do not show.
final class InjectionTest {
  private static final Injection PODMON =
      new Injection(PodmonImage.of("podmon:1"), Hosting.NATIVE_SIDECAR, "");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {"containers": [{"name": "main"}], "hostUsers": false}                   ; USER_NAMESPACE
          {"containers": [{"name": "main"}], "os": {"name": "windows"}}            ; WINDOWS
          {"containers": [{"name": "main"}], "volumes": [{"name": "zzzzmonitor-cgroup",\
           "hostPath": {"path": "/sys"}}]}                                         ; NAME_TAKEN
          """)
  void leavesAPodThatItDoesNotEnterAsItIs(String spec, Reason reason) {
    ObjectNode pod = pod(spec);

    Injected injected = PODMON.inject(pod, List.of());

    assertThat(injected).isEqualTo(new Injected.Left(reason));
    assertThat(pod).isEqualTo(pod(spec));
  }

  @Test
  void takesNullListsForNone() {
    ObjectNode pod =
        pod(
            "{\"containers\": [{\"name\": \"main\"}], \"initContainers\": null, \"volumes\": null}");

    assertThat(PODMON.inject(pod, List.of())).isEqualTo(new Injected.Done());
    assertThat(pod.path("spec").path("initContainers")).hasSize(1);
    assertThat(pod.path("spec").path("volumes")).hasSize(2);
  }

  @Test
  void leavesAnothersSidecarOfThatNameWhereItIs() {
    String spec =
        """
        {"containers": [{"name": "main"}], "initContainers": [
          {"name": "zzzzmonitor", "image": "another:1", "restartPolicy": "Always"},
          {"name": "fetch"}]}
        """;
    ObjectNode pod = pod(spec);

    assertThat(PODMON.inject(pod, List.of())).isEqualTo(new Injected.Already());
    assertThat(pod).isEqualTo(pod(spec));
  }

  @Test
  void readsTheStrictestOfSeveralLimitRanges() {
    List<JsonNode> ranges =
        List.of(
            json("{'spec': {'limits': [{'type': 'Container', 'min': {'cpu': '20m'}}]}}"),
            json(
                """
                {'spec': {'limits': [{'type': 'Pod', 'min': {'cpu': '2'}},
                  {'type': 'Container', 'min': {'cpu': '0.03', 'memory': 'much'}}]}}
                """));
    ObjectNode pod =
        pod("{'containers': [{'name': 'main', 'resources': {'limits': {'cpu': '1'}}}]}");

    assertThat(PODMON.inject(pod, ranges)).isEqualTo(new Injected.Done());
    assertThat(pod.path("spec").path("initContainers").path(0).path("resources").path("requests"))
        .isEqualTo(json("{'cpu': '30m', 'memory': '32Mi'}"));
  }

  @Test
  void refusesWhatIsNoPod() {
    assertThatThrownBy(() -> PODMON.inject(pod("{}"), List.of()))
        .hasMessage("a pod without spec.containers");
  }

  private static ObjectNode pod(String spec) {
    ObjectNode pod = (ObjectNode) json("{}");
    pod.set("spec", json(spec));
    return pod;
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
