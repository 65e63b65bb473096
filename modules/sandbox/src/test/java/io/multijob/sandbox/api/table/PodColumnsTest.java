package io.multijob.sandbox.api.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PodColumnsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  /// The pod has the container `c`, the init container `i` and the sidecar `s`; its status is
  /// given.
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          new             | 0/2 | Pending           | 0 | {"phase":"Pending"}
          initializing    | 0/2 | Init:0/2          | 0 | {"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"waiting":{"reason":"PodInitializing"}}},{"name":"s","state":{"waiting":{"reason":"PodInitializing"}}}],"containerStatuses":[{"name":"c","state":{"waiting":{"reason":"PodInitializing"}}}]}
          first is done   | 0/2 | Init:1/2          | 0 | {"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"s","started":false,"state":{"running":{}}}],"containerStatuses":[{"name":"c","state":{"waiting":{"reason":"PodInitializing"}}}]}
          first failed    | 0/2 | Init:Error        | 0 | {"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":1,"reason":"Error"}}}]}
          no reason given | 0/2 | Init:ExitCode:7   | 0 | {"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":7}}}]}
          both started    | 1/2 | PodInitializing   | 0 | {"phase":"Pending","initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},{"name":"s","started":true,"ready":true,"state":{"running":{}}}],"containerStatuses":[{"name":"c","state":{"waiting":{"reason":"PodInitializing"}}}]}
          running         | 2/2 | Running           | 0 | {"phase":"Running","conditions":[{"type":"Initialized","status":"True"}],"initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":0}}},{"name":"s","started":true,"ready":true,"state":{"running":{}}}],"containerStatuses":[{"name":"c","ready":true,"state":{"running":{}}}]}
          completed       | 0/2 | Completed         | 0 | {"phase":"Succeeded","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":0,"reason":"Completed"}}}]}
          failed          | 0/2 | Error             | 0 | {"phase":"Failed","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":3,"reason":"Error"}}}]}
          out of memory   | 0/2 | OOMKilled         | 0 | {"phase":"Failed","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":137,"reason":"OOMKilled"}}}]}
          killed          | 0/2 | Signal:9          | 0 | {"phase":"Failed","containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":137,"signal":9}}}]}
          too late        | 0/2 | DeadlineExceeded  | 0 | {"phase":"Failed","reason":"DeadlineExceeded"}
          evicted         | 0/2 | Evicted           | 0 | {"phase":"Failed","reason":"Evicted"}
          starting again  | 0/2 | CrashLoopBackOff  | 3 (90s ago) | {"phase":"Running","containerStatuses":[{"name":"c","restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":1,"finishedAt":"2026-11-22T11:58:30Z"}}}]}
          """)
  void showsAPod(String what, String ready, String status, String restarts, String json) {
    JsonNode cells = new PodColumns().cells(pod(json), NOW);

    assertThat(cells)
        .as(what)
        .isEqualTo(
            Json.array()
                .add("p1")
                .add(ready)
                .add(status)
                .add(restarts)
                .add("5m")
                .add("<none>")
                .add("n1")
                .add("<none>")
                .add("<none>"));
  }

  @ParameterizedTest
  @CsvSource({"Running, Terminating", "Pending, Terminating", "Succeeded, Completed"})
  void aPodThatIsDeletedTerminatesUnlessItHasEnded(String phase, String text) {
    ObjectNode pod =
        pod(
            """
            {"phase": "%s", "containerStatuses": [
              {"name": "c", "state": {"terminated": {"reason": "Completed"}}}]}
            """
                .formatted(phase));
    Json.child(pod, "metadata").put("deletionTimestamp", "2026-11-22T12:00:00Z");

    assertThat(PodStatusText.of(pod)).isEqualTo(text);
  }

  private static ObjectNode pod(String status) {
    ObjectNode pod =
        Json.readObject(
            """
            {"metadata": {"name": "p1", "creationTimestamp": "2026-11-22T11:55:00Z"},
             "spec": {"nodeName": "n1", "containers": [{"name": "c"}],
               "initContainers": [{"name": "i"}, {"name": "s", "restartPolicy": "Always"}]}}
            """
                .getBytes(UTF_8));
    pod.set("status", Json.readObject(status.getBytes(UTF_8)));
    return pod;
  }
}
