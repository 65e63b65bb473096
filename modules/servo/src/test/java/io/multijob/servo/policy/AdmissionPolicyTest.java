package io.multijob.servo.policy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.adjustment.Mode;
import io.multijob.servo.adjustment.Target;
import io.multijob.servo.injection.PodmonImage;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.policy.PolicySettings.Finalizer;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

final class AdmissionPolicyTest {
  private static final PolicyNamespaces JOBS = PolicyNamespaces.of(Set.of("jobs", "batch"));

  private static final Optional<PodmonParts> PODMON =
      Optional.of(PodmonParts.of(PodmonImage.of("registry.example.com/podmon:1"), ""));

  private static final Optional<PodmonParts> SLEEPER =
      Optional.of(PodmonParts.of(PodmonImage.of("registry.k8s.io/pause:3.10"), ""));

  @Test
  void isTheTextThatIsKept() throws IOException {
    try (InputStream golden =
        Objects.requireNonNull(AdmissionPolicyTest.class.getResourceAsStream("policy.yaml"))) {
      assertThat(policy(JOBS, PODMON, Finalizer.ADDED, Mode.APPLY, Target.AUTO))
          .isEqualTo(new String(golden.readAllBytes(), UTF_8));
    }
  }

  @Test
  void isAPolicyAndItsBindings() {
    assertThat(documents(policy(JOBS, PODMON, Finalizer.LEFT_OUT, Mode.APPLY, Target.AUTO)))
        .extracting(document -> String.valueOf(document.get("kind")))
        .containsExactly(
            "MutatingAdmissionPolicy",
            "MutatingAdmissionPolicyBinding",
            "MutatingAdmissionPolicyBinding");
  }

  @Test
  void isForTheNamespacesOfTheConfiguration() {
    assertThat(policy(JOBS, PODMON, Finalizer.LEFT_OUT, Mode.APPLY, Target.AUTO))
        .contains("{key: kubernetes.io/metadata.name, operator: In, values: [batch, jobs]}");
  }

  @Test
  void isForEveryNamespaceButTheSystemsAndOurOwn() {
    assertThat(
            policy(
                PolicyNamespaces.allBut("optune"),
                PODMON,
                Finalizer.LEFT_OUT,
                Mode.APPLY,
                Target.AUTO))
        .contains("operator: NotIn, values: [kube-system, optune]}");
  }

  @Test
  void knowsTheSystemsOwnNamespaceOnce() {
    assertThat(PolicyNamespaces.allBut("kube-system").names()).containsExactly("kube-system");
  }

  @Test
  void holdsPodsOnlyWhereThatIsAskedFor() {
    assertThat(policy(JOBS, PODMON, Finalizer.ADDED, Mode.APPLY, Target.AUTO))
        .contains("servo.optune.io/measurement", "`servo release`");
    assertThat(policy(JOBS, PODMON, Finalizer.LEFT_OUT, Mode.APPLY, Target.AUTO))
        .doesNotContain("servo.optune.io/measurement", "`servo release`");
  }

  @Test
  void withoutAnImageItOnlySetsAndAsksForNoLimitRange() {
    String policy = policy(JOBS, Optional.empty(), Finalizer.LEFT_OUT, Mode.APPLY, Target.AUTO);

    assertThat(policy).contains("settings.servo.optune.io/").doesNotContain("zzzz", "LimitRange");
    assertThat(documents(policy)).hasSize(2);
  }

  @Test
  void anImageThatSleepsNeedsNoHostPath() {
    assertThat(policy(JOBS, SLEEPER, Finalizer.LEFT_OUT, Mode.APPLY, Target.AUTO))
        .contains("registry.k8s.io/pause:3.10")
        .doesNotContain("hostPath", "pod-security.kubernetes.io");
  }

  @Test
  void inADryRunItOnlyNotes() {
    assertThat(policy(JOBS, PODMON, Finalizer.LEFT_OUT, Mode.DRY_RUN, Target.AUTO))
        .contains("/metadata/annotations/servo.optune.io~1would-adjust")
        .doesNotContain("'/spec/containers/'");
  }

  @Test
  void setsOnlyWhatAContainerHasUnlessATargetIsNamed() {
    String only = "in variables.settings && c.?resources.?limits[?r].hasValue()";

    assertThat(policy(JOBS, PODMON, Finalizer.LEFT_OUT, Mode.APPLY, Target.AUTO)).contains(only);
    assertThat(policy(JOBS, PODMON, Finalizer.LEFT_OUT, Mode.APPLY, Target.BOTH))
        .doesNotContain(only);
  }

  private static String policy(
      PolicyNamespaces namespaces,
      Optional<PodmonParts> podmon,
      Finalizer finalizer,
      Mode mode,
      Target target) {
    AppIdPath path = AppIdPath.parse("spec/containers/0/env/[JOBID]");
    return new AdmissionPolicy(
            new PolicySettings(namespaces, path, podmon, finalizer, mode, target))
        .yaml();
  }

  private static List<Map<?, ?>> documents(String yaml) {
    Iterable<Object> all = new Load(LoadSettings.builder().build()).loadAllFromString(yaml);
    return StreamSupport.stream(all.spliterator(), false).<Map<?, ?>>map(Map.class::cast).toList();
  }
}
