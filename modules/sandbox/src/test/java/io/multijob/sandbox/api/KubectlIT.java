package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.multijob.sandbox.api.Kubectl.Result;
import io.multijob.sandbox.api.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What a person does with a real kubectl: each that is on the machine is tried.
@Timeout(120)
final class KubectlIT {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: hello
        labels: {app: demo}
      spec:
        restartPolicy: Never
        containers:
        - name: main
          image: busybox:1
          command: [sleep, "1"]
      """;
  private static final String JOB =
      """
      apiVersion: batch/v1
      kind: Job
      metadata:
        name: work
      spec:
        completions: 2
        template:
          spec:
            restartPolicy: Never
            containers:
            - {name: main, image: "busybox:1"}
      """;

  private static final String NAMESPACE =
      "{\"apiVersion\": \"v1\", \"kind\": \"Namespace\", \"metadata\": {\"name\": \"mine\"}}";

  @TempDir private Path home;
  private ApiServer server;
  private Client client;

  @BeforeAll
  static void requireKubectl() {
    assumeFalse(
        Kubectl.found().isEmpty(),
        "no kubectl: set KUBECTL, build the test cluster, or install one on the PATH");
  }

  @BeforeEach
  void start() throws IOException {
    Path log = home.resolve("log");
    Files.writeString(log, "one\ntwo\n");
    server = new ApiServer(ApiServerConfig.of((namespace, pod, container) -> Optional.of(log)));
    server.start();
    client = new Client(server);
    Files.writeString(home.resolve("config"), server.kubeconfig());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  static Stream<Path> kubectls() {
    return Kubectl.found().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kubectls")
  void createsShowsAndDeletes(Path program) throws Exception {
    Kubectl kubectl = new Kubectl(program, home);

    assertThat(ok(kubectl.runWith(POD, "create", "-f", "-"))).isEqualTo("pod/hello created\n");
    assertThat(ok(kubectl.runWith(JOB, "create", "-f", "-"))).isEqualTo("job.batch/work created\n");
    assertThat(ok(kubectl.run("get", "pods")))
        .matches("(?s)NAME +READY +STATUS +RESTARTS +AGE\nhello +0/1 +Pending +0 +\\d+s\n");
    assertThat(ok(kubectl.run("get", "pods", "-o", "wide")))
        .contains("IP", "NODE", "NOMINATED NODE", "READINESS GATES");
    assertThat(ok(kubectl.run("get", "po", "-A", "-l", "app=demo", "--no-headers")))
        .startsWith("default");
    assertThat(ok(kubectl.run("get", "jobs")))
        .matches("(?s)NAME +STATUS +COMPLETIONS +DURATION +AGE\nwork +Running +0/2 +\\d+s\n");
    assertThat(ok(kubectl.run("get", "pod", "hello", "-o", "yaml")))
        .contains("kind: Pod", "phase: Pending", "qosClass: BestEffort");
    assertThat(ok(kubectl.run("get", "pod,job", "-o", "json"))).contains("\"kind\": \"Job\"");
    assertThat(ok(kubectl.run("get", "pod", "hello", "-o", "jsonpath={.spec.restartPolicy}")))
        .isEqualTo("Never");
    assertThat(ok(kubectl.run("get", "pods", "--field-selector", "status.phase=Running")))
        .isEmpty();
    assertThat(ok(kubectl.run("logs", "hello"))).isEqualTo("one\ntwo\n");
    assertThat(ok(kubectl.run("logs", "hello", "--tail=1"))).isEqualTo("two\n");
    assertThat(ok(kubectl.run("describe", "pod", "hello"))).contains("Status:", "Pending");
    assertThat(ok(kubectl.run("delete", "pod", "hello"))).startsWith("pod \"hello\" deleted");
    assertThat(ok(kubectl.run("delete", "job", "work"))).startsWith("job.batch \"work\" deleted");
    assertThat(kubectl.run("get", "pod", "hello").errors())
        .isEqualTo("Error from server (NotFound): pods \"hello\" not found\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kubectls")
  void appliesLabelsAnnotatesAndWaits(Path program) throws Exception {
    Kubectl kubectl = new Kubectl(program, home);

    assertThat(ok(kubectl.runWith(POD, "apply", "-f", "-"))).isEqualTo("pod/hello created\n");
    assertThat(ok(kubectl.runWith(POD, "apply", "-f", "-"))).isEqualTo("pod/hello unchanged\n");
    assertThat(ok(kubectl.runWith(POD.replace("busybox:1", "busybox:2"), "apply", "-f", "-")))
        .isEqualTo("pod/hello configured\n");
    assertThat(ok(kubectl.run("label", "pod", "hello", "app-"))).contains("unlabeled");
    assertThat(ok(kubectl.run("annotate", "pod", "hello", "a=b"))).contains("annotated");
    assertThat(client.get(Client.PODS + "/hello").at("metadata", "annotations", "a"))
        .isEqualTo("b");
    assertThat(client.get(Client.PODS + "/hello").json().at("/spec/containers/0/image").asString())
        .isEqualTo("busybox:2");
    ready("hello");
    assertThat(ok(kubectl.run("wait", "--for=condition=Ready", "pod/hello", "--timeout=10s")))
        .isEqualTo("pod/hello condition met\n");
    assertThat(
            ok(
                kubectl.run(
                    "patch", "pod", "hello", "-p", "{\"metadata\":{\"labels\":{\"x\":\"1\"}}}")))
        .isEqualTo("pod/hello patched\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kubectls")
  void watches(Path program) throws Exception {
    Kubectl kubectl = new Kubectl(program, home);
    client.createPod("first");
    Process watching = kubectl.start("get", "pods", "-w", "--no-headers");
    try (BufferedReader lines = watching.inputReader(UTF_8)) {
      assertThat(lines.readLine()).startsWith("first").contains("Pending");

      client.createPod("second");
      assertThat(lines.readLine()).startsWith("second").contains("Pending");

      ready("second");
      assertThat(lines.readLine()).startsWith("second").contains("1/1", "Running");

      client.delete(Client.PODS + "/first");
      assertThat(lines.readLine()).startsWith("first").contains("Terminating");
    } finally {
      watching.destroyForcibly();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kubectls")
  void isToldWhatIsWrongWithAManifest(Path program) throws Exception {
    Kubectl kubectl = new Kubectl(program, home);

    Result unknown = kubectl.runWith(POD.replace("image:", "imagge:"), "create", "-f", "-");
    Result invalid = kubectl.runWith(POD.replace("Never", "Sometimes"), "create", "-f", "-");

    assertThat(unknown.errors()).contains("unknown field \"spec.containers[0].imagge\"");
    assertThat(invalid.errors()).contains("spec.restartPolicy: Unsupported value: \"Sometimes\"");
    assertThat(client.get(Client.PODS).json().path("items")).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kubectls")
  void asksWhatThereIs(Path program) throws Exception {
    Kubectl kubectl = new Kubectl(program, home);

    assertThat(ok(kubectl.run("api-resources", "-o", "name")).lines().toList())
        .contains("pods", "nodes", "namespaces", "events", "jobs.batch")
        .contains("leases.coordination.k8s.io");
    assertThat(ok(kubectl.run("api-versions")).lines()).contains("v1", "batch/v1");
    assertThat(ok(kubectl.run("explain", "pod.spec.restartPolicy"))).contains("FIELD");
    assertThat(ok(kubectl.run("auth", "can-i", "create", "pods"))).isEqualTo("yes\n");
    assertThat(ok(kubectl.run("version"))).contains("Server Version");
    assertThat(ok(kubectl.run("get", "namespaces", "-o", "name")).lines())
        .containsExactly(
            "namespace/default",
            "namespace/kube-node-lease",
            "namespace/kube-public",
            "namespace/kube-system");
    assertThat(ok(kubectl.runWith(NAMESPACE, "create", "-f", "-")))
        .isEqualTo("namespace/mine created\n");
    assertThat(ok(kubectl.run("delete", "namespace", "mine")))
        .startsWith("namespace \"mine\" deleted");
  }

  private void ready(String pod) throws IOException, InterruptedException {
    Client.Answer answer =
        client.patch(
            Client.PODS + "/" + pod + "/status",
            Client.MERGE,
            """
            {"status": {"phase": "Running", "conditions": [{"type": "Ready", "status": "True"}],
              "containerStatuses": [{"name": "main", "image": "", "imageID": "", "ready": true,
                "restartCount": 0, "state": {"running": {}}}]}}
            """);
    assertThat(Json.text(answer.json(), "status", "phase")).isEqualTo("Running");
  }

  private static String ok(Result result) {
    assertThat(result.exitCode()).as(result.errors()).isZero();
    return result.output();
  }
}
