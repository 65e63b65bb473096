package io.multijob.servo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Adjustment;
import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Hello;
import io.multijob.protocol.WhatsNext;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The whole servo as it changes pods before they start, against a cluster and a service that are
/// scripted.
@Timeout(60)
final class AdmissionIT {
  private static final String HALF = "main:limits.cpu=500m main:requests.cpu=50m";
  private static final String HALF_A_CORE =
      adjust("{'main': {'settings': {'cpu': {'value': 0.5}}}}");
  private static final String ANOTHER_CONTAINER =
      adjust("{'worker': {'settings': {'cpu': {'value': 1}}}}");
  private static final String NO_SETTINGS = adjust("{}");
  private static final String MEASURE = quoted("{'cmd': 'MEASURE', 'param': {}}");

  private static final String POD =
      """
      {'metadata': {'generateName': 'nightly-'}, 'spec': {'restartPolicy': 'Never', 'containers': [
        {'name': 'main', 'resources': {'limits': {'cpu': '1'}, 'requests': {'cpu': '100m'}},
         'env': [{'name': 'JOBID', 'value': 'nightly'}]}]}}
      """;

  private AdmissionCluster cluster;
  private TestService service;
  private Map<String, String> settings;

  @BeforeEach
  void prepare(@TempDir Path directory) throws IOException {
    cluster = new AdmissionCluster();
    service = new TestService();
    settings = new HashMap<>();
    settings.put("OPTUNE_URL", service.url());
    settings.put("OPTUNE_ACCOUNT", "me");
    settings.put("OPTUNE_SLEEPER_IMG", "registry/podmon:1");
    settings.put("POD_NAMESPACES", "batch");
    settings.put("STATE_DIR", directory.resolve("state").toString());
    settings.put("METRICS_LISTEN", "127.0.0.1:0");
    settings.put("ADMISSION_LISTEN", "127.0.0.1:0");
    settings.put("KUBECONFIG", cluster.kubeconfig(directory).toString());
  }

  @AfterEach
  void end() {
    service.close();
    cluster.close();
  }

  @Test
  void asWebhookItAsksTheServiceAndTellsItOfThePodThatItSees() throws Exception {
    settings.put("ADMISSION", "webhook");
    cluster.setUpWebhook();
    says(HALF_A_CORE);
    try (Servo servo = start()) {
      JsonNode patch = review(servo, trusting(cluster.bundle()), "'dryRun': false");

      assertThat(patch.toString()).contains("zzzzmonitor", HALF);
      assertThat(nextOf("nightly")).isEqualTo(new WhatsNext());

      says(MEASURE);
      cluster.show("pod-1", pod("uid-1", HALF));

      assertThat(nextOf("nightly")).isEqualTo(new Adjustment.Applied());
      assertThat(nextOf("nightly")).isEqualTo(new WhatsNext());
    }
  }

  @Test
  void anAdjustmentWithoutSettingsIsToldToo() throws Exception {
    settings.put("ADMISSION", "webhook");
    cluster.setUpWebhook();
    says(NO_SETTINGS);
    try (Servo servo = start()) {
      JsonNode patch = review(servo, trusting(cluster.bundle()), "'dryRun': false");

      assertThat(patch.toString()).contains(quoted("'servo.optune.io/adjustment':'none'"));
      assertThat(nextOf("nightly")).isEqualTo(new WhatsNext());

      cluster.show("pod-1", pod("uid-1", "none"));

      assertThat(nextOf("nightly")).isEqualTo(new Adjustment.Applied());
    }
  }

  @Test
  void aDryRunAsksNobody() throws Exception {
    settings.put("ADMISSION", "webhook");
    cluster.setUpWebhook();
    says(HALF_A_CORE);
    try (Servo servo = start()) {
      HttpClient client = trusting(cluster.bundle());
      JsonNode tried = review(servo, client, "'dryRun': true");
      JsonNode made = review(servo, client, "'dryRun': false");

      assertThat(tried.toString()).contains("zzzzmonitor").doesNotContain("500m");
      assertThat(made.toString()).contains("500m");
      assertThat(nextOf("nightly")).isEqualTo(new WhatsNext());
    }
  }

  @Test
  void asBothItKeepsForThePolicyWhatFitsAndTakesBackWhatDoesNot() throws Exception {
    settings.put("ADMISSION", "both");
    cluster.setUpWebhook();
    cluster.setUpPolicy();
    says(HALF_A_CORE);
    try (Servo servo = start()) {
      HttpClient client = trusting(cluster.bundle());
      JsonNode _ = review(servo, client, "'dryRun': false");

      assertThat(cluster.notes().path("settings.servo.optune.io/nightly").asString())
          .isEqualTo(HALF);

      cluster.put(
          "/api/v1/namespaces/batch",
          quoted(
              "{'metadata': {'name': 'batch', 'annotations': {"
                  + "'settings.servo.optune.io/nightly': '%s'}}}".formatted(HALF)));
      says(ANOTHER_CONTAINER);
      JsonNode patch = review(servo, client, "'dryRun': false");

      assertThat(patch.toString()).contains("zzzzmonitor").doesNotContain("500m");
      assertThat(cluster.notes().path("settings.servo.optune.io/nightly").isNull()).isTrue();
    }
  }

  @Test
  void asBothItSeesAlsoThatPodsAreRefusedForWhatThePolicyDidAlone() throws Exception {
    settings.put("ADMISSION", "both");
    says(MEASURE);
    try (Servo servo = start()) {
      cluster.refuse("pods refused-1 is forbidden: zzzzmonitor is not allowed");

      assertThat(cluster.notes().path("servo.optune.io/withheld").asString())
          .contains("zzzzmonitor is not allowed");
      assertThat(readiness(servo).body()).contains("no podmon for namespace batch");
    }
  }

  @Test
  void knowsWhatIsForbiddenBeforeTheFirstPod() throws Exception {
    settings.put("ADMISSION", "webhook");
    cluster.setUpWebhook();
    cluster.put(
        "/api/v1/namespaces/batch",
        quoted(
            "{'metadata': {'name': 'batch', 'labels': {"
                + "'pod-security.kubernetes.io/enforce': 'restricted'}}}"));
    says(MEASURE);
    try (Servo servo = start()) {
      JsonNode patch = review(servo, trusting(cluster.bundle()), "'dryRun': false");

      assertThat(patch.toString()).doesNotContain("zzzzmonitor");
    }
  }

  @Test
  void byPolicyAloneItAsksWhenItSeesThePod() throws Exception {
    cluster.setUpPolicy(); // auto
    says(HALF_A_CORE);
    try (Servo servo = start()) {
      while (!readiness(servo).body().contains("by policy")) {}
      cluster.show("pod-1", pod("uid-1", ""));

      assertThat(cluster.notes().path("settings.servo.optune.io/nightly").asString())
          .isEqualTo(HALF);
    }
  }

  /// The webhook may be down, or be taken away.
  @Test
  void asBothItAsksOnlyOfPodsOfWhichNoWebhookHasAsked() throws Exception {
    settings.put("ADMISSION", "both");
    says(HALF_A_CORE);
    try (Servo servo = start()) {
      while (!readiness(servo).body().contains("by both")) {}
      cluster.show(
          "pod-1",
          pod("uid-1", "")
              .replace("servo.optune.io/adjustment\":\"", "servo.optune.io/conversation\":\"c"));
      cluster.show("pod-2", pod("uid-2", "").replace("nightly", "hourly"));

      assertThat(nextOf("hourly")).isEqualTo(new WhatsNext());
      assertThat(cluster.notes().path("settings.servo.optune.io/hourly").asString())
          .isEqualTo(HALF);
    }
  }

  @Test
  void aWebhookThatIsSetUpLaterIsServed() throws Exception {
    says(MEASURE);
    try (Servo servo = start()) {
      cluster.awaitMissed(AdmissionCluster.WEBHOOK);
      assertThat(readiness(servo).statusCode()).isEqualTo(200);
      cluster.setUpWebhook();

      JsonNode patch = review(servo, trusting(cluster.bundle()), "'dryRun': false");

      assertThat(patch.toString()).contains("zzzzmonitor");
    }
  }

  @Test
  void itStopsWhileTheClusterSaysNothing() throws Exception {
    settings.put("ADMISSION", "webhook");
    cluster.fallSilent();
    Servo servo = start();

    assertThat(readiness(servo).statusCode()).isEqualTo(503);
    servo.close();

    servo.awaitStopped();
  }

  private Servo start() throws ConfigurationException {
    Servo servo = new Servo(ServoConfig.from(settings));
    servo.start();
    return servo;
  }

  /// What the service answers from now on when it is asked what is next.
  private void says(String command) {
    service.answer(request ->
        Response.json(
            200,
            EventJson.read(request.body()) instanceof WhatsNext
                ? command
                : quoted("{'status': 'ok'}")));
  }

  /// The next event of that app, waited for.
  private Event nextOf(String app) throws InterruptedException {
    while (true) {
      Request request = service.request();
      if (request.path().endsWith("/" + app)) {
        return EventJson.read(request.body());
      }
      assertThat(EventJson.read(request.body())).isInstanceOf(Hello.class);
    }
  }

  /// The patch that the webhook answers, once it shows the certificate that was promised.
  ///
  /// @param more another field of the request
  private static JsonNode review(Servo servo, HttpClient client, String more) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(
                    "https://127.0.0.1:%d/mutate"
                        .formatted(servo.reviewAddresses().getFirst().getPort())))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    quoted(
                        """
                        {'apiVersion': 'admission.k8s.io/v1', 'request': {'uid': 'u-1', %s,
                          'resource': {'group': '', 'version': 'v1', 'resource': 'pods'},
                          'operation': 'CREATE', 'namespace': 'batch', 'object': %s}}
                        """
                            .formatted(more, POD))))
            .build();
    while (true) {
      try {
        byte[] answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray()).body();
        JsonNode response = JsonMapper.shared().readTree(answer).path("response");
        assertThat(response.path("allowed").asBoolean()).isTrue();
        return JsonMapper.shared()
            .readTree(Base64.getDecoder().decode(response.path("patch").asString()));
      } catch (SSLException e) {
        Thread.onSpinWait(); // not shown yet
      }
    }
  }

  /// A pod of ours that was just made.
  private static String pod(String uid, String adjustment) {
    return quoted(
        """
        {'metadata':{'uid':'%s','name':'pod-%s','namespace':'batch','resourceVersion':'2',\
        'creationTimestamp':'%s','annotations':{'servo.optune.io/adjustment':'%s'}},\
        'spec':{'restartPolicy':'Never','containers':[{'name':'main',\
        'resources':{'limits':{'cpu':'1'},'requests':{'cpu':'100m'}},\
        'env':[{'name':'JOBID','value':'nightly'}]}]},'status':{'phase':'Pending'}}\
        """
            .formatted(
                uid,
                uid.substring("uid-".length()),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                adjustment));
  }

  private static HttpClient trusting(String bundle) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry(
        "ca",
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(bundle))));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(tls).build();
  }

  private static HttpResponse<String> readiness(Servo servo) throws Exception {
    URI uri =
        URI.create(
            "http://127.0.0.1:%d/readyz".formatted(servo.metricsAddresses().getFirst().getPort()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString(UTF_8));
    }
  }

  private static String adjust(String components) {
    return quoted(
        "{'cmd': 'ADJUST', 'param': {'state': {'application': {'components': %s}}}}"
            .formatted(components));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
