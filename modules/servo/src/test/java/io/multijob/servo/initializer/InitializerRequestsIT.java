package io.multijob.servo.initializer;

import static io.multijob.servo.watch.ScriptedApiServer.event;
import static io.multijob.servo.watch.ScriptedApiServer.list;
import static io.multijob.servo.watch.ScriptedApiServer.watchAndHold;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.watch.ScriptedApiServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an API server of those days is asked.
@Timeout(20)
final class InitializerRequestsIT {
  private static final String POD =
      """
      {"metadata":{"name":"%s","namespace":"n","uid":"%s","resourceVersion":"%s",\
      "initializers":{"pending":[{"name":"initcfg.optune.io"}]}},"spec":{}}\
      """;

  @Test
  void b39_listsAllPodsInPagesThoseThatWaitAmongThemAndFollowsByAWatch(@TempDir Path directory)
      throws Exception {
    try (ScriptedApiServer server = new ScriptedApiServer();
        KubernetesApi api = server.client(directory);
        Initializers initializers =
            new Initializers(api, pod -> pod, InitializerTiming.DEFAULT, new RecordedEndings())) {
      server
          .then(list("100", "more", POD.formatted("a", "u1", "7")))
          .then(list("100", "", "{\"metadata\":{\"name\":\"b\",\"uid\":\"u2\"},\"spec\":{}}"))
          .then(watchAndHold(event("ADDED", POD.formatted("c", "u3", "101"))));

      initializers.start();

      Request first = server.request();
      assertThat(first.path()).isEqualTo("/api/v1/pods");
      assertThat(first.query("includeUninitialized")).hasValue("true");
      assertThat(first.query("limit")).hasValue("500");
      assertThat(first.query("fieldSelector")).isEmpty();
      assertThat(server.request().query("continue")).hasValue("more");
      Request watch = server.request();
      assertThat(watch.query("watch")).hasValue("true");
      assertThat(watch.query("includeUninitialized")).hasValue("true");
      assertThat(watch.query("resourceVersion")).hasValue("100");
      Request patch = server.patch();
      assertThat(patch.header("Content-Type").orElse("")).startsWith("application/json-patch+json");
      assertThat(patch.path()).startsWith("/api/v1/namespaces/n/pods/");
      assertThat(new String(patch.body(), UTF_8)).contains("\"remove\"", "/metadata/initializers");
      assertThat(server.patch().path()).startsWith("/api/v1/namespaces/n/pods/");
    }
  }
}
