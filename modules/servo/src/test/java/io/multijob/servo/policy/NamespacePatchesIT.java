package io.multijob.servo.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.policy.NamespaceWriter.Outcome;
import io.multijob.servo.watch.ScriptedApiServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(20)
final class NamespacePatchesIT {
  private static final String NAMESPACE =
      """
      {"metadata": {"name": "batch", "annotations": {"a": "1", "b": "2"}}}
      """;

  @TempDir private Path directory;

  @Test
  void patchesWhatIsPlannedOfWhatIsThere() throws Exception {
    try (ScriptedApiServer server = new ScriptedApiServer();
        KubernetesApi api = server.client(directory)) {
      server.then(Response.json(200, NAMESPACE));

      Outcome outcome =
          new NamespacePatches(api)
              .write(
                  "batch",
                  present -> {
                    assertThat(present).containsOnly(Map.entry("a", "1"), Map.entry("b", "2"));
                    return Map.of("a", "");
                  });

      assertThat(outcome).isEqualTo(new Outcome.Written());
      assertThat(server.request().path()).isEqualTo("/api/v1/namespaces/batch");
      Request patch = server.patch();
      assertThat(patch.path()).isEqualTo("/api/v1/namespaces/batch");
      assertThat(patch.header("Content-Type")).contains("application/merge-patch+json");
      assertThat(new String(patch.body(), UTF_8))
          .isEqualTo("{\"metadata\":{\"annotations\":{\"a\":null}}}");
    }
  }

  @Test
  void sendsNothingWhereNothingChanges() throws Exception {
    try (ScriptedApiServer server = new ScriptedApiServer();
        KubernetesApi api = server.client(directory)) {
      server.then(Response.json(200, NAMESPACE));

      assertThat(new NamespacePatches(api).write("batch", present -> Map.of()))
          .isEqualTo(new Outcome.Unchanged());
      assertThat(server.patched()).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404, not found, Gone",
    "401, Unauthorized, Denied",
    "403, cannot get resource \"namespaces\", Denied",
    "403, denied by a policy, Refused",
    "422, annotations: too long, Refused",
    "429, too many requests, Later",
    "500, internal, Later",
  })
  void tellsRefusalsApart(int status, String said, String outcome) throws Exception {
    try (ScriptedApiServer server = new ScriptedApiServer();
        KubernetesApi api = server.client(directory)) {
      server.then(Response.text(status, said));

      assertThat(new NamespacePatches(api).write("batch", present -> Map.of("a", "3")))
          .extracting(each -> each.getClass().getSimpleName())
          .isEqualTo(outcome);
    }
  }
}
