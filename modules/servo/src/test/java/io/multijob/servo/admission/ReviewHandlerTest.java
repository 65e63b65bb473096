package io.multijob.servo.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.protocol.SettingValue;
import io.multijob.servo.adjustment.AdjustSettings;
import io.multijob.servo.admission.AdmissionListener.Ending;
import io.multijob.servo.admission.PodAdmission.Finalizer;
import io.multijob.servo.admission.Restraint.Change;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.Agreement.Freshness;
import io.multijob.servo.injection.Hosting;
import io.multijob.servo.injection.Injected;
import io.multijob.servo.injection.Injection;
import io.multijob.servo.injection.PodmonImage;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.PodMarks;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ReviewHandlerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Agreement.Unchanged NOTHING = new Agreement.Unchanged("nothing");

  private final RecordedAdmissions listener = new RecordedAdmissions();
  private final List<String> asked = new ArrayList<>();
  private final List<String> refusals = new ArrayList<>();

  @Test
  void patchesAPodOfOurs() {
    JsonNode response = responseTo(handler(this::nothing), review("'dryRun': false"));

    assertThat(response.path("uid").asString()).isEqualTo("u-1");
    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(response.path("patchType").asString()).isEqualTo("JSONPatch");
    assertThat(asked).containsExactly("report");
    assertThat(listener.endings()).containsExactly(Ending.PATCHED);
    assertThat(listener.decisions())
        .extracting(Decision::podmon)
        .containsExactly(new Injected.Done());
  }

  @Test
  void aDryRunIsNoticedByNobody() {
    JsonNode response = responseTo(handler(this::unfit), review("'dryRun': true"));

    assertThat(response.path("patchType").asString()).isEqualTo("JSONPatch");
    assertThat(asked).isEmpty();
    assertThat(refusals).isEmpty();
    assertThat(listener.decisions()).isEmpty();
  }

  @Test
  void theServiceLearnsThatItsSettingsDoNotFit() {
    JsonNode response = responseTo(handler(this::unfit), review("'dryRun': false"));

    assertThat(refusals).containsExactly("report: no component 'other', only main");
    assertThat(response.path("warnings"))
        .isEqualTo(json("['servo: not adjusted: no component `other`, only main']"));
  }

  @Test
  void theServiceIsNotAskedForWhatMayNotBeDone() {
    var admitting =
        new Admitting(
            core(),
            namespace -> KnownNamespace.UNKNOWN,
            (change, namespace, appId) -> change == Change.INJECT,
            hearing(PATIENCE, this::nothing),
            listener);

    JsonNode response = responseTo(new ReviewHandler(admitting), review("'dryRun': false"));

    assertThat(response.path("patchType").asString()).isEqualTo("JSONPatch");
    assertThat(asked).isEmpty();
    assertThat(listener.decisions())
        .extracting(Decision::changes)
        .containsExactly(Set.of(Change.INJECT));
  }

  @Test
  void aPodIsSpokenOfOnceThoughItIsSeenAgain() {
    ReviewHandler handler = handler(this::nothing);
    String once = withNote(handler, "report");

    JsonNode response = responseTo(handler, noted(once, "report"));

    assertThat(response.path("allowed").asBoolean()).isTrue();
    assertThat(asked).containsExactly("report");
  }

  @Test
  void whatWasAgreedOfOneAppIsNotForAnother() {
    ReviewHandler handler = handler(this::nothing);
    String note = withNote(handler, "report");

    JsonNode _ = responseTo(handler, noted(note, "invoice"));

    assertThat(asked).containsExactly("report", "invoice");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jobs/pods/other", "..", "jobs?watch", "Jobs", ""})
  void aNamespaceThatCannotBeOneIsNotOurs(String namespace) {
    var everywhere = new PodRules(Set.of("*"), AppIdPath.parse("spec/containers/0/env/[JOBID]"));
    JsonNode pod = json(review("'dryRun': false")).path("request").path("object");

    assertThat(everywhere.whose(pod, namespace))
        .isEqualTo(new Whose.NotOurs(Whose.Why.OTHER_NAMESPACE));
    assertThat(everywhere.whose(pod, "jobs")).isInstanceOf(Whose.Ours.class);
  }

  @Test
  void aConversationThatFailsTakesNothingElseAway() {
    ReviewHandler handler =
        handler((appId, description) -> {
          throw new IllegalStateException("a bug");
        });

    JsonNode response = responseTo(handler, review("'dryRun': false"));

    assertThat(response.path("patchType").asString()).isEqualTo("JSONPatch");
    assertThat(listener.endings()).containsExactly(Ending.PATCHED);
  }

  @Test
  @Timeout(30)
  void aConversationWithoutEndIsCutOff() throws InterruptedException {
    var cutOff = new CountDownLatch(1);
    ReviewHandler handler =
        handler(
            Duration.ofMillis(50),
            (appId, description) -> {
              try {
                Thread.sleep(Long.MAX_VALUE);
                return NOTHING;
              } finally {
                cutOff.countDown();
              }
            });

    JsonNode response = responseTo(handler, review("'dryRun': false"));

    assertThat(response.path("patchType").asString()).isEqualTo("JSONPatch");
    cutOff.await();
  }

  @Test
  void theServiceIsToldWhatThePodAsksFor() {
    List<Description> described = new ArrayList<>();
    ReviewHandler handler =
        handler((appId, description) -> {
          described.add(description.get());
          return NOTHING;
        });

    JsonNode _ = responseTo(handler, review("'dryRun': false"));

    assertThat(described.getFirst().components()).containsOnlyKeys("main");
  }

  @Test
  void whateverFailsLetsThePodGoUnchanged() {
    var admitting =
        new Admitting(
            core(),
            namespace -> {
              throw new IllegalStateException("a bug");
            },
            Restraint.NONE,
            Hearing.NONE,
            listener);

    JsonNode response = responseTo(new ReviewHandler(admitting), review("'dryRun': false"));

    assertThat(response).isEqualTo(json("{'uid': 'u-1', 'allowed': true}"));
    assertThat(listener.endings()).containsExactly(Ending.FAILED);
  }

  @Test
  void anAmountThatIsNoneLetsThePodGoUnchanged() {
    String body = review("'dryRun': false").replace("100m", "a lot");

    JsonNode response = responseTo(handler(this::nothing), body);

    assertThat(response).isEqualTo(json("{'uid': 'u-1', 'allowed': true}"));
    assertThat(listener.endings()).containsExactly(Ending.FAILED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          'CREATE'                        ; 'UPDATE'                        ; NOT_OURS
          'resource': 'pods'              ; 'resource': 'jobs'              ; NOT_OURS
          'operation'                     ; 'subResource': 'eviction', 'operation' ; NOT_OURS
          'restartPolicy': 'Never'        ; 'restartPolicy': 'Always'       ; NOT_OURS
          'namespace': 'jobs'             ; 'namespace': 'other'            ; NOT_OURS
          'spec'                          ; 'specs'                         ; NOT_OURS
          'containers': [                 ; 'containers': 7, 'c': [         ; NOT_OURS
          'object'                        ; 'objects'                       ; GARBLED
          admission.k8s.io/v1             ; admission.k8s.io/v2             ; GARBLED
          'containers': [                 ; 'containers': [[                ; GARBLED
          """)
  void whatIsNotOursOrCannotBeUnderstoodGoesUnchanged(String part, String instead, Ending ending) {
    String body = review("'dryRun': false").replace(quoted(part), quoted(instead));

    JsonNode response = responseTo(handler(this::nothing), body);

    assertThat(response).isEqualTo(json("{'uid': 'u-1', 'allowed': true}"));
    assertThat(listener.endings()).containsExactly(ending);
    assertThat(asked).isEmpty();
  }

  @Test
  void answersInTheVersionInWhichItIsAsked() {
    String body = review("'dryRun': false").replace("k8s.io/v1", "k8s.io/v1beta1");

    JsonNode answer = answerTo(handler(this::nothing), body);

    assertThat(answer.path("apiVersion").asString()).isEqualTo("admission.k8s.io/v1beta1");
    assertThat(answer.path("response").path("patchType").asString()).isEqualTo("JSONPatch");
  }

  @Test
  void aReviewThatIsTooLargeGoesUnchanged() {
    String body = review("'padding': '" + "x".repeat(ReviewHandler.MAX_BODY_BYTES) + "'");

    JsonNode response = responseTo(handler(this::nothing), body);

    assertThat(response).isEqualTo(json("{'uid': 'u-1', 'allowed': true}"));
    assertThat(listener.endings()).containsExactly(Ending.GARBLED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[]", "{}", "{\"request\": {\"name\": \"p\"", "null"})
  void whatHasNoUidCannotBeAnswered(String body) {
    Response response = send(handler(this::nothing), "POST", "/mutate", body);

    assertThat(response.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"GET, /mutate, 405", "POST, /, 404", "POST, /mutate/more, 404"})
  void answersOnlyPostsToItsPath(String method, String path, int status) {
    assertThat(send(handler(this::nothing), method, path, "").status()).isEqualTo(status);
  }

  private Agreement nothing(String appId, Supplier<Description> description) {
    asked.add(appId);
    return NOTHING;
  }

  private Agreement unfit(String appId, Supplier<Description> description) {
    asked.add(appId);
    SettingValue one = new SettingValue.Numeric(BigDecimal.ONE);
    return new Agreement.Adjust(
        new Command.Adjust(Map.of("other", Map.of("cpu", one))), Freshness.FRESH);
  }

  private ReviewHandler handler(Conversation conversation) {
    return handler(PATIENCE, conversation);
  }

  private ReviewHandler handler(Duration patience, Conversation conversation) {
    return new ReviewHandler(
        new Admitting(
            core(),
            namespace -> KnownNamespace.UNKNOWN,
            Restraint.NONE,
            hearing(patience, conversation),
            listener));
  }

  private Hearing hearing(Duration patience, Conversation conversation) {
    return new Hearing(
        conversation, (appId, command, message) -> refusals.add(appId + ": " + message), patience);
  }

  /// The note that the pod of an app is given.
  private String withNote(ReviewHandler handler, String app) {
    JsonNode _ = responseTo(handler, noted("", app));
    return listener
        .decisions()
        .getLast()
        .wanted()
        .path("metadata")
        .path("annotations")
        .path(PodMarks.CONVERSATION)
        .asString();
  }

  private static String noted(String note, String app) {
    return review("'dryRun': false")
        .replace(
            quoted("{'generateName': 'report-'}"),
            quoted("{'generateName': 'report-', 'annotations': {'%s': '%s'}}")
                .formatted(PodMarks.CONVERSATION, note))
        .replace(quoted("'value': 'report'"), quoted("'value': '%s'").formatted(app));
  }

  private static PodAdmission core() {
    return new PodAdmission(
        new PodRules(Set.of("jobs"), AppIdPath.parse("spec/containers/0/env/[JOBID]")),
        List.of(new Injection(PodmonImage.of("podmon:1"), Hosting.NATIVE_SIDECAR, "")),
        AdjustSettings.DEFAULT,
        Finalizer.LEFT_OUT);
  }

  /// A review of a pod of ours.
  ///
  /// @param more another field of the request
  private static String review(String more) {
    return quoted(
        """
        {'kind': 'AdmissionReview', 'apiVersion': 'admission.k8s.io/v1', 'request': {
          'uid': 'u-1', 'resource': {'group': '', 'version': 'v1', 'resource': 'pods'},
          'namespace': 'jobs', 'operation': 'CREATE', %s,
          'object': {'metadata': {'generateName': 'report-'}, 'spec': {
            'restartPolicy': 'Never',
            'containers': [{'name': 'main', 'resources': {'requests': {'cpu': '100m'}},
              'env': [{'name': 'JOBID', 'value': 'report'}]}]}}}}
        """
            .formatted(more));
  }

  private static JsonNode responseTo(ReviewHandler handler, String body) {
    return answerTo(handler, body).path("response");
  }

  private static JsonNode answerTo(ReviewHandler handler, String body) {
    Response response = send(handler, "POST", "/mutate", body);
    assertThat(response.status()).isEqualTo(200);
    return JsonMapper.shared().readTree(((Response.Complete) response).body());
  }

  private static Response send(ReviewHandler handler, String method, String path, String body) {
    return handler.handle(
        new Request(method, path, Map.of(), Map.of(), body.getBytes(UTF_8), "127.0.0.1"));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(quoted(text).replace('`', '\''));
  }

  private static String quoted(String text) {
    return text.replace('\'', '"');
  }
}
