package io.multijob.servo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.watch.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class WebhookManifestTest {

  @Test
  void isPassedOverWhenItDoesNotAnswerAndChangesNothingElse() {
    JsonNode webhook = webhook("--service optune/servo", "apps");

    assertThat(webhook.path("failurePolicy").asString()).isEqualTo("Ignore");
    assertThat(webhook.path("timeoutSeconds").asInt()).isEqualTo(3);
    assertThat(webhook.path("sideEffects").asString()).isEqualTo("NoneOnDryRun");
    assertThat(webhook.path("reinvocationPolicy").asString()).isEqualTo("IfNeeded");
    assertThat(webhook.path("rules").toString())
        .isEqualTo(
            "[{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],"
                + "\"resources\":[\"pods\"],\"scope\":\"Namespaced\"}]");
    assertThat(webhook.path("matchConditions").toString())
        .contains("object.spec.restartPolicy == 'Never'", "request.namespace != 'kube-system'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          apps                 | In    | [apps]
          b,a,123              | In    | [123,a,b]
          apps,kube-system     | In    | [apps]
          *                    | NotIn | [kube-system,optune]
          """)
  void isSentThePodsOfTheWatchedNamespaces(String watched, String operator, String namespaces) {
    JsonNode expression =
        webhook("--service optune/servo", watched).at("/namespaceSelector/matchExpressions/0");

    assertThat(expression.path("key").asString()).isEqualTo("kubernetes.io/metadata.name");
    assertThat(expression.path("operator").asString()).isEqualTo(operator);
    assertThat(expression.path("values").toString().replace("\"", "")).isEqualTo(namespaces);
    assertThat(expression.path("values").valueStream()).allMatch(JsonNode::isString);
  }

  @Test
  void byUrlNoNamespaceIsKnownToBeOurs() {
    assertThat(
            webhook("--url https://host:8443", "*")
                .at("/namespaceSelector/matchExpressions/0/values")
                .toString())
        .isEqualTo("[\"kube-system\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --service optune/servo         | {service:{namespace:optune,name:servo,path:/mutate,port:443}}
          --url https://host:8443        | {url:https://host:8443/mutate}
          --url https://host:8443/       | {url:https://host:8443/mutate}
          --url https://[::1]:8443/other | {url:https://[::1]:8443/other}
          """)
  void leadsToUs(String destination, String clientConfig) {
    assertThat(webhook(destination, "apps").path("clientConfig").toString().replace("\"", ""))
        .isEqualTo(clientConfig);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://host",
        "https:///path",
        "host:8443",
        "https://me@host",
        "https://host?a=b",
        "https://host#a",
        "https://ho st",
        "https://host/\"",
        ""
      })
  void refusesAUrlThatAnApiServerWouldRefuse(String url) {
    assertThatThrownBy(() -> Destination.Url.parse(url))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"servo", "/servo", "optune/", "a/b/c", "Optune/servo", "optune/1servo"})
  void refusesWhatNamesNoService(String text) {
    assertThatThrownBy(() -> Destination.Service.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NAMESPACE/NAME");
  }

  @Test
  void isWhatTheExampleIs() throws Exception {
    String example = Files.readString(Path.of("../../example/webhook.yaml"));
    String heading =
        "# What `servo webhook --service default/opsani-servo` prints for POD_NAMESPACES=default.\n";

    assertThat(example)
        .isEqualTo(
            heading
                + WebhookManifest.yaml(
                    Destination.Service.parse("default/opsani-servo"),
                    Set.of(new Scope("default"))));
  }

  @Test
  void refusesToChangePodsOfTheSystem() {
    assertThatThrownBy(() -> webhook("--service optune/servo", "kube-system"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("beside kube-system");
  }

  private static JsonNode webhook(String destination, String watched) {
    String[] words = destination.split(" ", -1);
    Destination parsed =
        words[0].equals("--url")
            ? Destination.Url.parse(words[1])
            : Destination.Service.parse(words[1]);
    Set<Scope> scopes =
        Arrays.stream(watched.split(",", -1)).map(Scope::new).collect(Collectors.toSet());
    Object document =
        new Load(LoadSettings.builder().build())
            .loadFromString(WebhookManifest.yaml(parsed, scopes));
    JsonNode manifest = JsonMapper.shared().valueToTree(Map.of("all", List.of(document)));
    assertThat(manifest.at("/all/0/metadata/name").asString()).isEqualTo("servo.optune.io");
    return manifest.at("/all/0/webhooks/0");
  }
}
