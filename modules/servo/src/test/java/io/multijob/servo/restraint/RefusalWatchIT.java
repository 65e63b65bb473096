package io.multijob.servo.restraint;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.restraint.Restraints.Injecting;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.ScriptedApiServer;
import io.multijob.servo.watch.WatchTiming;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against an API server that tells of refused pods as it was told to.
@Timeout(30)
final class RefusalWatchIT {
  private static final String QUOTA =
      "exceeded quota: q, requested: limits.cpu=1, used: limits.cpu=0, limited: limits.cpu=0";

  private final RecordedRestraints listener = new RecordedRestraints();
  private final Restraints restraints = new Restraints(Injecting.BY_APP, new SettableClock());

  @TempDir private Path directory;
  private ScriptedApiServer server;
  private KubernetesApi api;

  @BeforeEach
  void startServer() throws Exception {
    server = new ScriptedApiServer();
    api = server.client(directory);
    restraints.tell(listener);
    restraints.changed(
        "batch", new Owner("Job", "nightly-1"), "nightly", EnumSet.of(Change.INJECTION));
  }

  @AfterEach
  void stopServer() {
    api.close();
    server.close();
  }

  @Test
  void hearsOfPodsThatAreRefusedForOurSake() throws Exception {
    server
        .then(list("7"))
        .then(
            ScriptedApiServer.watchAndHold(
                ScriptedApiServer.bookmark("8"),
                event("ADDED", "9", "unknown-1", QUOTA),
                event("ADDED", "10", "nightly-1", "serviceaccount \\\"nobody\\\" not found"),
                event("MODIFIED", "11", "nightly-1", QUOTA)));

    try (RefusalWatch watch = watch(ChangeSource.NONE)) {
      watch.start();

      assertThat(listener.next())
          .isEqualTo("withheld INJECTION from app nightly in namespace batch");
      assertThat(restraints.note()).endsWith(QUOTA);
      assertThat(listener.told()).isEmpty();
      assertThat(server.request().query("limit")).contains("1");
      Request request = server.request();
      assertThat(request.path()).isEqualTo("/api/v1/namespaces/batch/events");
      assertThat(request.query("fieldSelector")).contains("reason=FailedCreate");
      assertThat(request.query("resourceVersion")).contains("7");
    }
  }

  @Test
  void asksForThePlaceAnewWhenItsOwnIsForgotten() throws Exception {
    server
        .then(list("7"))
        .then(
            ScriptedApiServer.watch(
                ScriptedApiServer.event("ERROR", ScriptedApiServer.status(410, "Expired"))))
        .then(list("20"))
        .then(ScriptedApiServer.watchAndHold(event("ADDED", "21", "nightly-1", QUOTA)));

    try (RefusalWatch watch = watch(ChangeSource.NONE)) {
      watch.start();

      assertThat(listener.next())
          .isEqualTo("withheld INJECTION from app nightly in namespace batch");
    }
  }

  @Test
  void takesUpAWatchThatBrokeFromWhereItWas() throws Exception {
    server
        .then(list("7"))
        .then(ScriptedApiServer.watchAndBreak(ScriptedApiServer.bookmark("8")))
        .then(ScriptedApiServer.watchAndHold(event("ADDED", "9", "nightly-1", QUOTA)));

    try (RefusalWatch watch = watch(ChangeSource.NONE)) {
      watch.start();

      assertThat(listener.next())
          .isEqualTo("withheld INJECTION from app nightly in namespace batch");
      server.request();
      server.request();
      assertThat(server.request().query("resourceVersion")).contains("8");
    }
  }

  @Test
  void asksForTheTemplateOfAJobWhosePodsThePolicyChanges() throws Exception {
    server
        .then(list("7"))
        .then(ScriptedApiServer.watchAndHold(event("ADDED", "9", "hourly-1", QUOTA)))
        .then(
            Response.json(
                200,
                """
                {"kind":"Job","spec":{"template":{"spec":{"restartPolicy":"Never",\
                "containers":[{"name":"main","env":[{"name":"JOBID","value":"hourly"}]}]}}}}\
                """));
    AppIdPath path = AppIdPath.parse("spec/containers/0/env/[JOBID]");

    try (RefusalWatch watch =
        watch(new JobTemplates(api, path, (namespace, app) -> app.equals("hourly")))) {
      watch.start();

      assertThat(listener.next())
          .isEqualTo("withheld INJECTION from app hourly in namespace batch");
      assertThat(listener.next())
          .isEqualTo("withheld ADJUSTMENT from app hourly in namespace batch");
    }
  }

  @Test
  void withoutPermissionItGoesOn() throws Exception {
    server.then(Response.json(403, ScriptedApiServer.status(403, "Forbidden")));

    try (RefusalWatch watch = watch(ChangeSource.NONE)) {
      watch.follow();

      server.then(list("7")).then(ScriptedApiServer.watch(event("ADDED", "9", "nightly-1", QUOTA)));
      watch.follow();

      assertThat(listener.told())
          .containsExactly("withheld INJECTION from app nightly in namespace batch");
    }
  }

  private RefusalWatch watch(ChangeSource beyond) {
    return new RefusalWatch(new Scope("batch"), api, WatchTiming.DEFAULT, beyond, restraints);
  }

  private static Response list(String version) {
    return ScriptedApiServer.list(version, "");
  }

  private static String event(String type, String version, String job, String message) {
    return ScriptedApiServer.event(
        type,
        """
        {"kind":"Event","metadata":{"resourceVersion":"%s"},"reason":"FailedCreate",\
        "involvedObject":{"apiVersion":"batch/v1","kind":"Job","namespace":"batch","name":"%s",\
        "uid":"u1"},"message":"Error creating: pods \\"%s-x\\" is forbidden: %s"}\
        """
            .formatted(version, job, job, message));
  }
}
