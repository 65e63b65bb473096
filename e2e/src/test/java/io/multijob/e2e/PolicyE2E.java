package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import io.multijob.e2e.wait.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// That the API server itself makes of a pod what the webhook makes of it, by what `servo policy`
/// prints and while no servo runs. Needs no node.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PolicyE2E {
  /// The API server's caches follow within a second.
  private static final Duration PROPAGATION = Duration.ofSeconds(20);

  /// Namespaces that every cluster has.
  private static final Set<String> SYSTEM = Set.of("kube-system", "default");

  private static final Map<String, String> USUAL =
      Map.of("OPTUNE_ACCOUNT", "e2e", "OPTUNE_SLEEPER_IMG", "localhost/podmon:e2e");

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final TestCluster cluster = TestCluster.ofEnvironment();
  private final AdmissionPolicies policies = new AdmissionPolicies(cluster);
  private Map<String, String> inForce = Map.of();
  private @Nullable Namespaces namespaces;

  /// @param watched the one that the policy is for
  /// @param other one that it is not for
  /// @param own the servo's, which it is never for: what is made there is what is expected
  private record Namespaces(TestNamespace watched, TestNamespace other, TestNamespace own) {}

  @BeforeAll
  void open() throws Exception {
    if (!AdmissionPolicies.areKnownTo(client())) {
      String why = "skipped: this API server has no MutatingAdmissionPolicy of v1";
      System.out.println(why);
      Assumptions.abort(why);
    }
    namespaces =
        new Namespaces(
            cluster.createNamespace("policy"),
            cluster.createNamespace("policy-other"),
            cluster.createNamespace("policy-own"));
  }

  @AfterAll
  void close() {
    policies.close();
    if (namespaces != null) {
      namespaces.watched().close();
      namespaces.other().close();
      namespaces.own().close();
    }
    cluster.close();
  }

  static List<AdmissionCase> cases() throws IOException {
    return AdmissionCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void makesOfAPodWhatTheWebhookMakesOfIt(AdmissionCase each) throws Exception {
    each.reasonForNone().ifPresent(Assumptions::abort);
    putInForce(
        each.settings(),
        each.namespaces().stream().map(this::namespace).collect(Collectors.joining(",")));
    String namespace = namespace(each.namespace());
    String own = namespaces().own().name();
    try (Surroundings _ = new Surroundings(client(), namespace, each);
        Surroundings _ = new Surroundings(client(), own, each)) {
      JsonNode[] made = new JsonNode[2];
      try {
        Wait.until(
            "pods of case " + each + " to be alike",
            PROPAGATION,
            () -> {
              made[0] = PodCreation.rehearse(client(), namespace, each.given());
              made[1] = PodCreation.rehearse(client(), own, each.expected());
              return made[0].equals(made[1]);
            });
      } catch (AssertionError e) {
        assertThat(made[0].toPrettyString()).isEqualTo(made[1].toPrettyString());
        throw e;
      }
    }
  }

  @Test
  void appsHaveTheirLastSettingsWithoutAServoAndNewOnesAtOnce() throws Exception {
    putInForce(USUAL, watched().name());
    for (int workers : new int[] {2, 4, 8}) {
      setForProbe(workers);
      Wait.until(
          workers + " in a new pod", PROPAGATION, () -> probe().toString().contains(note(workers)));
    }

    for (int i = 0; i < 20; i++) {
      String name = createProbe();
      assertThat(watched().pod(name))
          .hasValueSatisfying(made -> {
            assertThat(made.getSpec().getInitContainers())
                .extracting(Container::getName)
                .containsExactly("zzzzmonitor");
            assertThat(made.getSpec().getContainers().getFirst().getEnv())
                .filteredOn(variable -> variable.getName().equals("PROBE"))
                .extracting(EnvVar::getValue)
                .containsExactly("8");
          });
    }
    client().pods().inNamespace(watched().name()).withGracePeriod(0).delete();
  }

  /// Before an uninstall: first the policy, then the finalizers that it has put.
  @Test
  void podsThatItHoldsAreLetGoOnceItIsTakenAway() throws Exception {
    Map<String, String> holding = new HashMap<>(USUAL);
    holding.put("HOLD_PODS", "true");
    putInForce(holding, watched().name());
    String name = createProbe();
    watched().deletePod(name, Duration.ZERO);
    assertThat(watched().pod(name))
        .hasValueSatisfying(pod ->
            assertThat(pod.getMetadata().getFinalizers())
                .containsExactly("servo.optune.io/measurement"));

    takeAway();
    Command release = Command.run(cluster.kubeconfig(), "release", "--namespace", watched().name());

    assertThat(release.output()).contains(watched().name() + "/" + name + " released");
    Wait.until("the pod to go", PROPAGATION, () -> watched().pod(name).isEmpty());
  }

  @Test
  void saysWhichPathAPolicyCannotFollow() throws Exception {
    Command printed =
        Command.run(
            cluster.kubeconfig(),
            Map.of("OPTUNE_ACCOUNT", "e2e", "OPTUNE_APP_ID", "metadata/uid"),
            "policy");

    assertThat(printed.exitCode()).isEqualTo(2);
    assertThat(printed.output())
        .contains("app-id path 'metadata/uid', at 'uid': a pod's uid is not known yet");
  }

  /// A policy of these settings takes the place of the one before, and is seen to.
  private void putInForce(Map<String, String> settings, String names) throws Exception {
    Map<String, String> wanted = new HashMap<>(settings);
    wanted.put("POD_NAMESPACES", names);
    if (wanted.equals(inForce)) {
      return;
    }
    takeAway();
    setForProbe(1);
    policies.apply(wanted, namespaces().own().name());
    Wait.until("the policy", PROPAGATION, () -> probe().toString().contains(note(1)));
    inForce = wanted;
  }

  private void takeAway() throws Exception {
    policies.close();
    inForce = Map.of();
    Wait.until("no policy", PROPAGATION, () -> !probe().toString().contains(note("")));
  }

  /// What becomes of a pod that is an app's by any of the paths of the cases.
  private JsonNode probe() {
    return PodCreation.rehearse(client(), watched().name(), probePod());
  }

  private static String note(Object workers) {
    return "main:env.PROBE=" + workers;
  }

  private void setForProbe(int workers) {
    client()
        .namespaces()
        .withName(watched().name())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            """
            {"metadata": {"annotations": {"settings.servo.optune.io/probe": "%s"}}}
            """
                .formatted(note(workers)));
  }

  /// Without an owner: one that is not there would have the pod collected as garbage.
  ///
  /// @return its name
  private String createProbe() {
    ObjectNode pod = probePod();
    pod.withObject("metadata").remove("ownerReferences");
    String made =
        client()
            .raw(
                "/api/v1/namespaces/" + watched().name() + "/pods",
                "POST",
                MAPPER.convertValue(pod, Map.class));
    return MAPPER.readTree(made).path("metadata").path("name").asString();
  }

  private static ObjectNode probePod() {
    return (ObjectNode)
        MAPPER.readTree(
            """
            {"apiVersion": "v1", "kind": "Pod",
             "metadata": {"generateName": "probe-", "labels": {"app": "probe"},
               "ownerReferences": [{"apiVersion": "batch/v1", "kind": "Job", "name": "probe",
                 "uid": "00000000-0000-0000-0000-000000000000", "controller": true}]},
             "spec": {"restartPolicy": "Never", "schedulerName": "nobody", "containers": [
               {"name": "main", "image": "localhost/busybox:1", "env": [
                 {"name": "JOBID", "value": "probe"}, {"name": "PROBE", "value": "0"}]}]}}
            """);
  }

  /// What a namespace of a case is called here.
  private String namespace(String ofCase) {
    return switch (ofCase) {
      case "*" -> "*";
      case "jobs" -> watched().name();
      case String name when SYSTEM.contains(name) -> name;
      default -> namespaces().other().name();
    };
  }

  private TestNamespace watched() {
    return namespaces().watched();
  }

  private Namespaces namespaces() {
    if (namespaces == null) {
      throw new IllegalStateException("used before the tests");
    }
    return namespaces;
  }

  private KubernetesClient client() {
    return cluster.client();
  }
}
