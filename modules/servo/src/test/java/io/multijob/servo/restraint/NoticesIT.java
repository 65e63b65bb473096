package io.multijob.servo.restraint;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.restraint.Restraints.Injecting;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.ScriptedApiServer;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What is said of restraints in the cluster, against a scripted API server.
@Timeout(30)
final class NoticesIT {
  private static final ObjectRef JOB = new ObjectRef("batch/v1", "Job", "batch", "nightly-1", "u1");

  private static final ObjectRef POD = new ObjectRef("v1", "Pod", "batch", "nightly-1-x", "u2");
  private static final Reach WHOLE = new Reach.Whole("batch");
  private static final String UNLABELLED = "{\"metadata\":{\"name\":\"batch\"}}";
  private static final String LABELLED =
      """
      {"metadata":{"name":"batch","labels":{"servo.optune.io/inject":"withheld"},\
      "annotations":{"servo.optune.io/withheld":"no image"}}}\
      """;

  private final SettableClock clock = new SettableClock();
  private final Restraints restraints = new Restraints(Injecting.BY_APP, clock);

  @TempDir private Path directory;
  private ScriptedApiServer server;
  private KubernetesApi api;

  @BeforeEach
  void startServer() throws Exception {
    server = new ScriptedApiServer();
    api = server.client(directory);
  }

  @AfterEach
  void stopServer() {
    api.close();
    server.close();
  }

  @Test
  void writesAnEventOnTheOwnerWhosePodsAreRefused() throws Exception {
    server.then(Response.json(201, "{}"));

    try (EventNotices notices = new EventNotices(api, restraints)) {
      notices.start();
      restraints.withhold(
          Change.ADJUSTMENT, new Reach.App("batch", "nightly"), "exceeded quota: q", JOB);
      Request request = server.request();

      assertThat(request.method() + " " + request.path())
          .isEqualTo("POST /api/v1/namespaces/batch/events");
      assertThat(body(request))
          .isEqualTo(
              JsonMapper.shared()
                  .readTree(
                      """
                      {"apiVersion":"v1","kind":"Event","type":"Warning",\
                      "metadata":{"generateName":"nightly-1.","namespace":"batch"},\
                      "involvedObject":{"apiVersion":"batch/v1","kind":"Job",\
                      "namespace":"batch","name":"nightly-1","uid":"u1"},\
                      "reason":"AdjustmentWithheld",\
                      "message":"From now on no adjustment for app nightly in namespace batch: \
                      exceeded quota: q (tried again after 2026-11-22T11:00:00Z)",\
                      "firstTimestamp":"2026-11-22T10:00:00Z",\
                      "lastTimestamp":"2026-11-22T10:00:00Z","count":1,\
                      "source":{"component":"servo"}}\
                      """));
    }
  }

  @Test
  void writesItOnTheOwnerOfAPodThatWaits() throws Exception {
    server
        .then(
            Response.json(
                200,
                """
                {"metadata":{"ownerReferences":[{"apiVersion":"batch/v1","kind":"Job",\
                "name":"nightly-1","uid":"u1","controller":true}]}}\
                """))
        .then(Response.json(201, "{}"));

    try (EventNotices notices = new EventNotices(api, restraints)) {
      notices.start();
      restraints.withhold(Change.INJECTION, WHOLE, "no image", POD);

      assertThat(server.request().path()).isEqualTo("/api/v1/namespaces/batch/pods/nightly-1-x");
      assertThat(body(server.request()).path("involvedObject").path("uid").asString())
          .isEqualTo("u1");
    }
  }

  @Test
  void writesItOnAPodThatNothingMade() throws Exception {
    server.then(Response.json(200, "{}")).then(Response.json(201, "{}"));

    try (EventNotices notices = new EventNotices(api, restraints)) {
      notices.start();
      restraints.withhold(Change.INJECTION, WHOLE, "no image", POD);
      server.request();
      JsonNode event = body(server.request());

      assertThat(event.path("involvedObject").path("uid").asString()).isEqualTo("u2");
      assertThat(event.path("reason").asString()).isEqualTo("MeasurementWithheld");
    }
  }

  @Test
  void withoutPermissionItGoesOn() throws Exception {
    server.then(Response.json(403, "{}")).then(Response.json(201, "{}"));

    try (EventNotices notices = new EventNotices(api, restraints)) {
      notices.start();
      restraints.withhold(Change.ADJUSTMENT, new Reach.App("batch", "one"), "because", JOB);
      restraints.withhold(Change.ADJUSTMENT, new Reach.App("batch", "two"), "because", JOB);
      server.request();

      assertThat(body(server.request()).path("message").asString()).contains("app two");
    }
  }

  @Test
  void labelsANamespaceThatIsLeftAloneAndTakesTheLabelBack() throws Exception {
    NamespaceLabels labels = labels();
    restraints.withhold(Change.INJECTION, WHOLE, "no image", POD);
    server.then(Response.json(200, UNLABELLED));
    labels.reconcile();
    assertThat(body(server.patch()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"metadata":{"labels":{"servo.optune.io/inject":"withheld"},\
                    "annotations":{"servo.optune.io/withheld":"no image"}}}\
                    """));

    restraints.lift(Change.INJECTION, WHOLE, "it came");
    server.then(Response.json(200, LABELLED));
    labels.reconcile();

    assertThat(body(server.patch()))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    {"metadata":{"labels":{"servo.optune.io/inject":null},\
                    "annotations":{"servo.optune.io/withheld":null}}}\
                    """));
  }

  @Test
  void aPersonWhoTakesTheLabelAwayHasPodmonGivenAgain() throws Exception {
    NamespaceLabels labels = labels();
    restraints.withhold(Change.INJECTION, WHOLE, "no image", POD);
    server.then(Response.json(200, UNLABELLED));
    labels.reconcile();

    server.then(Response.json(200, UNLABELLED));
    labels.reconcile();

    assertThat(restraints.mayInject("batch", "any")).isTrue();
    assertThat(server.patched()).isEqualTo(1);
  }

  @Test
  void whatAPersonHasWrittenThereStays() throws Exception {
    NamespaceLabels labels = labels();
    restraints.withhold(Change.INJECTION, WHOLE, "no image", POD);

    server.then(Response.json(200, LABELLED.replace(":\"withheld\"", ":\"as-we-like\"")));
    labels.reconcile();

    assertThat(server.patched()).isZero();
    assertThat(restraints.mayInject("batch", "any")).isFalse();
  }

  @Test
  void takesUpWhatAnEarlierServoHasWithheld() throws Exception {
    NamespaceLabels labels = labels();
    server.then(Response.json(200, LABELLED));

    labels.takeUp();

    assertThat(restraints.note()).isEqualTo("no podmon for namespace batch: no image");
  }

  @Test
  void aNamespaceThatMayNotBeLabelledIsLeftAloneAllTheSame() throws Exception {
    NamespaceLabels labels = labels();
    restraints.withhold(Change.INJECTION, WHOLE, "no image", POD);
    server.then(Response.json(403, "{}"));

    labels.reconcile();
    labels.reconcile(); // asks no more for a while

    assertThat(restraints.mayInject("batch", "any")).isFalse();
    assertThat(server.patched()).isZero();
  }

  private NamespaceLabels labels() {
    return new NamespaceLabels(api, Set.of(new Scope("batch")), restraints, clock);
  }

  private static JsonNode body(Request request) {
    return JsonMapper.shared().readTree(request.bodyText());
  }
}
