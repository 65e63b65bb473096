package io.multijob.servo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multijob.protocol.ServiceUrl;
import io.multijob.servo.observe.Logging;
import io.multijob.servo.watch.Scope;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServoConfigTest {
  private static final Map<String, String> LEAST = Map.of("OPTUNE_ACCOUNT", "acme");

  @Test
  void hasTheDefaultsThatAreDocumented() throws Exception {
    ServoConfig config = ServoConfig.from(LEAST);

    assertThat(config.service().url().of("job"))
        .hasToString(
            ServiceUrl.DEFAULT_TEMPLATE.replace("{acct}", "acme").replace("{app_id}", "job"));
    assertThat(config.pods().scopes()).isEmpty();
    assertThat(config.pods().appId()).hasToString("spec/containers/0/env/[JOBID]");
    assertThat(config.state().directory()).isEqualTo(Path.of("/var/lib/servo"));
    assertThat(config.listeners().stats()).isEmpty();
    assertThat(config.listeners().metrics())
        .containsExactly(new InetSocketAddress("0.0.0.0", 9090));
    assertThat(config.statsDeadline()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.logging())
        .isEqualTo(new ServoConfig.LogSettings(Logging.Verbosity.INFO, Logging.Format.TEXT));
  }

  @Test
  void trimsTheNamesOfNamespaces() throws Exception {
    ServoConfig config = ServoConfig.from(with("POD_NAMESPACES", " batch , night,,"));

    assertThat(config.pods().scopes())
        .containsExactlyInAnyOrder(new Scope("batch"), new Scope("night"));
  }

  @Test
  void listensForFiguresWhereItsOwnAddressIsKnown() throws Exception {
    ServoConfig config = ServoConfig.from(with("SELF_IP", "10.0.0.7"));

    assertThat(config.listeners().stats()).containsExactly(new InetSocketAddress("0.0.0.0", 8080));
  }

  /// Podmon knows the original's port.
  @ParameterizedTest
  @CsvSource({"'', 10.0.0.7", "0.0.0.0:8080, 10.0.0.7", "0.0.0.0:9000, 10.0.0.7:9000", "none, ''"})
  void tellsPodmonWhereToPostItsFigures(String listen, String target) throws Exception {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put("SELF_IP", "10.0.0.7");
    settings.put("STATS_LISTEN", listen);

    assertThat(ServoConfig.from(settings).admission().reportTarget()).isEqualTo(target);
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "30s, 30000", "5m, 300000", "1h, 3600000"})
  void readsDurations(String text, long millis) throws Exception {
    ServoConfig config = ServoConfig.from(with("STATS_DEADLINE", text));

    assertThat(config.statsDeadline()).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          STATS_DEADLINE    | 30                | STATS_DEADLINE: expected a duration such as 500ms, 30s or 2m, found "30"
          METRICS_LISTEN    | 9090              | METRICS_LISTEN: expected host:port such as 0.0.0.0:9090, or none, found "9090"
          METRICS_LISTEN    | localhost:99999   | METRICS_LISTEN: expected host:port such as 0.0.0.0:9090, or none, found "localhost:99999"
          METRICS_LISTEN    | ::1:9090          | METRICS_LISTEN: expected host:port such as 0.0.0.0:9090, or none, found "::1:9090"
          STATS_LISTEN      | nowhere.invalid:1 | STATS_LISTEN: no such host: "nowhere.invalid"
          LOG_FORMAT        | xml               | LOG_FORMAT: expected text or json, found "xml"
          POD_NAMESPACES    | Batch             | POD_NAMESPACES: not the name of a namespace: 'Batch'
          POD_NAMESPACES    | batch,*           | POD_NAMESPACES: expected names of namespaces or *, found both: "batch,*"
          OPTUNE_AUTH_TOKEN | se cret           | OPTUNE_AUTH_TOKEN: expected printable ASCII without spaces
          OPTUNE_DEBUG      | much              | OPTUNE_DEBUG: expected 0 or 1, found "much"
          OPTUNE_APP_ID     | a/[               | OPTUNE_APP_ID: app-id path 'a/[', at '[': expected ] at the end (write / in a key as ~1)
          ADMISSION         | maybe             | ADMISSION: expected auto, policy, webhook, both or none, found "maybe"
          ADMISSION_CERT    | /tls/tls.crt      | ADMISSION_KEY: not set, though ADMISSION_CERT is
          ADJUST_MODE       | on                | ADJUST_MODE: expected apply or dry-run, found "on"
          ADJUST_TARGET     | limit             | ADJUST_TARGET: expected auto, limits, requests or both, found "limit"
          ADJUST_CPU        | 8                 | ADJUST_CPU: expected min..max or min..max/step such as 0.1..8 or 100m..8/0.5, found "8"
          KUBELET_STATS     | yes               | KUBELET_STATS: expected verify, insecure or off, found "yes"
          OPTUNE_URL        | ftp://x/          | OPTUNE_URL: it should begin with http:// or https://
          """)
  void saysWhatIsWrongWithASetting(String name, String value, String problem) {
    ConfigurationException e =
        catchThrowableOfType(
            ConfigurationException.class, () -> ServoConfig.from(with(name, value)));

    assertThat(e.problems()).containsExactly(problem);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    Map<String, String> wrong =
        Map.of("STATS_DEADLINE", "soon", "LOG_FORMAT", "xml", "OPTUNE_APP_ID", "[", "SELF_IP", "");

    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> ServoConfig.from(wrong));

    assertThat(e.problems())
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactlyInAnyOrder(
            "OPTUNE_ACCOUNT", "OPTUNE_APP_ID", "STATS_DEADLINE", "LOG_FORMAT");
    assertThat(e).hasMessageStartingWith("4 settings are not right:\n");
  }

  @Test
  void aUrlWithAnAccountNeedsOne() {
    ConfigurationException e =
        catchThrowableOfType(ConfigurationException.class, () -> ServoConfig.from(Map.of()));

    assertThat(e.problems())
        .containsExactly("OPTUNE_ACCOUNT: not set, but {acct} in OPTUNE_URL asks for it");
  }

  @Test
  void neverShowsTheToken() throws Exception {
    ServoConfig config = ServoConfig.from(with("OPTUNE_AUTH_TOKEN", "s3cr3t"));

    assertThat(config.describe())
        .contains("OPTUNE_AUTH_TOKEN   ***")
        .noneMatch(line -> line.contains("s3cr3t"));
    assertThat(config.service().toString()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({"auto, 2501ms", "webhook, 3s", "both, 1h"})
  void aPodDoesNotWaitForTheServiceLongerThanTheWebhookIsWaitedFor(String mode, String budget) {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put("ADMISSION", mode);
    settings.put("CONVERSATION_BUDGET", budget);

    assertThatThrownBy(() -> ServoConfig.from(settings))
        .hasMessageContaining("CONVERSATION_BUDGET")
        .hasMessageContaining("at most 2500ms")
        .hasMessageContaining(budget);
  }

  @Test
  void aPolicyIsNotKeptWaiting() throws Exception {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put("ADMISSION", "policy");
    settings.put("CONVERSATION_BUDGET", "10s");

    assertThat(ServoConfig.from(settings).admission().budget()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void describesWhatIsInForce() throws Exception {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put("OPTUNE_URL", "http://service:8090/{acct}/{app_id}?key=s3cr3t");
    settings.put("POD_NAMESPACES", "night,batch");
    settings.put("SELF_IP", "10.0.0.7");
    settings.put("METRICS_LISTEN", "none");
    settings.put("STATS_DEADLINE", "1500ms");
    settings.put("KUBECONFIG", "/etc/kubeconfig");
    settings.put("OPTUNE_SLEEPER_IMG", "registry/podmon:1");
    settings.put("ADJUST_CPU", "100m..8");

    assertThat(ServoConfig.from(settings).describe())
        .containsExactly(
            "OPTUNE_URL          http://service:8090/acme/{app_id}?...",
            "OPTUNE_ACCOUNT      acme",
            "OPTUNE_AUTH_TOKEN   none",
            "POD_NAMESPACES      batch,night",
            "OPTUNE_APP_ID       spec/containers/0/env/[JOBID]",
            "STATE_DIR           /var/lib/servo",
            "OUTBOX_LIMIT        2Gi",
            "STATS_LISTEN        0.0.0.0:8080",
            "METRICS_LISTEN      none",
            "STATS_DEADLINE      1.5s",
            "MARK_PODS           true",
            "HOLD_PODS           false",
            "HOLD_LIMIT          1h",
            "LEASE               none",
            "ADMISSION           auto",
            "ADMISSION_LISTEN    0.0.0.0:8443",
            "ADMISSION_CERT      made by ourselves",
            "OPTUNE_SLEEPER_IMG  registry/podmon:1 (podmon)",
            "KUBELET_STATS       verify",
            "CONVERSATION_BUDGET 2s",
            "ADJUST_MODE         apply",
            "ADJUST_TARGET       auto",
            "ADJUST_CPU          0.1..8/0.001",
            "ADJUST_MEM          by what the pod asks for",
            "KUBECONFIG          /etc/kubeconfig");
  }

  @ParameterizedTest
  @CsvSource({"0, INFO", "false, INFO", "00, INFO", "1, DEBUG", "2, DEBUG", "TRUE, DEBUG"})
  void logsMoreWhenAskedTo(String value, Logging.Verbosity verbosity) throws Exception {
    ServoConfig config = ServoConfig.from(with("OPTUNE_DEBUG", value));

    assertThat(config.logging().verbosity()).isEqualTo(verbosity);
  }

  @Test
  void refusesToHoldPodsThatItMayNotMark() {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put("HOLD_PODS", "true");
    settings.put("MARK_PODS", "false");

    assertThatThrownBy(() -> ServoConfig.from(settings))
        .hasMessageContaining("HOLD_PODS: needs MARK_PODS, which is off");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1:0, 127.0.0.1, 0", "[::1]:9090, ::1, 9090", ":80, 0.0.0.0, 80"})
  void readsAddresses(String value, String host, int port) throws Exception {
    ServoConfig config = ServoConfig.from(with("METRICS_LISTEN", value));

    assertThat(config.listeners().metrics()).containsExactly(new InetSocketAddress(host, port));
  }

  @Test
  void readsAllNamespacesAndTheWordNone() throws Exception {
    ServoConfig config =
        ServoConfig.from(
            Map.of(
                "OPTUNE_ACCOUNT", "acme",
                "POD_NAMESPACES", "*",
                "SELF_IP", "10.0.0.7",
                "STATS_LISTEN", "none",
                "METRICS_LISTEN", "none"));

    assertThat(config.pods().scopes()).containsExactly(Scope.ALL);
    assertThat(config.listeners().stats()).isEmpty();
    assertThat(config.listeners().metrics()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "OPTUNE_ACOUNT, 'OPTUNE_ACOUNT is no setting, did you mean OPTUNE_ACCOUNT?'",
    "POD_NAMESPACE, 'POD_NAMESPACE is no setting, did you mean POD_NAMESPACES?'",
    "METRIC_LISTEN, 'METRIC_LISTEN is no setting, did you mean METRICS_LISTEN?'",
    "STATEDIR, 'STATEDIR is no setting, did you mean STATE_DIR?'",
    "OPTUNE_WHATEVER_ELSE, OPTUNE_WHATEVER_ELSE is no setting",
    "SERVO_SPEED, SERVO_SPEED is no setting"
  })
  void warnsOfWhatLooksLikeASetting(String name, String warning) {
    assertThat(UnknownSettings.in(Map.of(name, "x"))).containsExactly(warning);
  }

  @ParameterizedTest
  @CsvSource({
    "OPTUNE_URL",
    "OPTUNE_SERVICE_HOST",
    "OPTUNE_PORT",
    "OPTUNE_PORT_80_TCP",
    "OPTUNE_PORT_80_TCP_ADDR",
    "OPTUNE_SERVICE_PORT_HTTP",
    "OPTUNE_PAGE_SERVICE_PORT",
    "SERVO_PORT_9090_TCP_PROTO",
    "OPTUNE_LISTEN",
    "METRICS_PORT",
    "PATH",
    "HOME",
    "STATE_DIR"
  })
  void doesNotWarnOfSettingsNorOfWhatKubernetesSets(String name) {
    assertThat(UnknownSettings.in(Map.of(name, "x"))).isEmpty();
  }

  private static Map<String, String> with(String name, String value) {
    Map<String, String> settings = new HashMap<>(LEAST);
    settings.put(name, value);
    return settings;
  }
}
