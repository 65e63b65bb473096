package io.multijob.servo.restraint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The messages are those of Kubernetes 1.37 where a cluster gave them, and else as its source has
/// them.
final class RefusalTest {
  private static final Set<Change> BOTH = EnumSet.allOf(Change.class);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          INJECTION            | Error creating: pods "a-f9r2n" is forbidden: failed quota: q: must specify limits.cpu for: zzzzmonitor; requests.memory for: zzzzmonitor
          INJECTION            | Error creating: pods "a-pqvp2" is forbidden: violates PodSecurity "baseline:latest": hostPath volumes (volume "zzzzmonitor-cgroup")
          INJECTION            | Error creating: pods "a-1" is forbidden: violates PodSecurity "restricted:v1.30": restricted volume types (volume "x" uses restricted volume type "hostPath")
          INJECTION            | Error creating: admission webhook "validation.gatekeeper.sh" denied the request: [limits] container <zzzzmonitor> has no memory limit
          INJECTION            | Error creating: admission webhook "images.example.com" denied the request: image registry.example.com/podmon:1 is not signed
          INJECTION            | Error creating: admission webhook "k.example.com" denied the request: too many init containers
          INJECTION            | Error creating: Pod "a-1" is invalid: spec.initContainers[1].image: Required value
          INJECTION            | Error creating: Pod "a-1" is invalid: spec.volumes[0].name: Duplicate value: "x"
          INJECTION ADJUSTMENT | Error creating: pods "a-pn47g" is forbidden: exceeded quota: q, requested: limits.cpu=100m,requests.memory=64Mi, used: limits.cpu=0,requests.memory=0, limited: limits.cpu=0,requests.memory=1Mi
          INJECTION ADJUSTMENT | Error creating: pods "a-1" is forbidden: exceeded quota: q, requested: memory=64Mi, used: memory=1Gi, limited: memory=1Gi
          INJECTION ADJUSTMENT | Error creating: pods "a-dsjx7" is forbidden: [minimum cpu usage per Container is 100m, but request is 10m, minimum memory usage per Container is 64Mi, but request is 32Mi]
          INJECTION ADJUSTMENT | Error creating: pods "a-1" is forbidden: maximum memory usage per Pod is 1Gi, but limit is 1100Mi
          INJECTION ADJUSTMENT | Error creating: pods "a-1" is forbidden: cpu max limit to request ratio per Container is 2, but provided ratio is 10.000000
          INJECTION ADJUSTMENT | Error creating: admission webhook "k.example.com" denied the request without explanation
          INJECTION ADJUSTMENT | Error creating: admission webhook "k.example.com" denied the request: memory of a pod should be less than 1Gi
          INJECTION ADJUSTMENT | Error creating: pods "a-1" is forbidden: ValidatingAdmissionPolicy 'small' with binding 'small' denied request: cpu limits are too high
          ADJUSTMENT           | Error creating: admission webhook "k.example.com" denied the request: WORKERS in the environment should be 1
          ADJUSTMENT           | Error creating: Pod "a-1" is invalid: spec.containers[0].resources.requests: Invalid value: "2": must be less than or equal to cpu limit of 1
          NONE                 | Error creating: pods "a-1" is forbidden: exceeded quota: q, requested: pods=1, used: pods=10, limited: pods=10
          NONE                 | Error creating: pods "a-1" is forbidden: exceeded quota: q, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=4, limited: requests.nvidia.com/gpu=4
          NONE                 | Error creating: pods "a-1" is forbidden: failed quota: q: must specify limits.cpu for: main
          NONE                 | Error creating: pods "a-1" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false)
          NONE                 | Error creating: pods "a-1" is forbidden: error looking up service account batch/nobody: serviceaccount "nobody" not found
          NONE                 | Error creating: pods "a-1" is forbidden: unable to create new content in namespace batch because it is being terminated
          NONE                 | Error creating: pods "a-1" is forbidden: maximum ephemeral-storage usage per Container is 1Gi, but limit is 2Gi
          NONE                 | Error creating: admission webhook "k.example.com" denied the request: label team should be there
          NONE                 | Error creating: Internal error occurred: failed calling webhook "k.example.com": context deadline exceeded
          NONE                 | Error creating: Pod "a-1" is invalid: metadata.labels: Invalid value: "-"
          """)
  void namesWhatMayBeAtFault(String changes, String message) {
    assertThat(named(message, BOTH)).isEqualTo(changes);
  }

  @Test
  void whatWasNotDoneIsNotAtFault() {
    String quota =
        "exceeded quota: q, requested: limits.cpu=1, used: limits.cpu=0, limited: limits.cpu=0";

    assertThat(named(quota, EnumSet.of(Change.ADJUSTMENT))).isEqualTo("ADJUSTMENT");
    assertThat(named(quota, EnumSet.noneOf(Change.class))).isEqualTo("NONE");
  }

  @Test
  void podmonMayBeTheLastOfTheRegularContainers() {
    String path = "Pod \"a-1\" is invalid: spec.containers[1].image: Required value";

    assertThat(named(path, EnumSet.of(Change.INJECTION))).isEqualTo("INJECTION");
  }

  private static String named(String message, Set<Change> made) {
    ObjectRef owner = new ObjectRef("batch/v1", "Job", "batch", "a", "u1");
    Set<Change> concerns = new Refusal(owner, message).concerns(made);
    return concerns.isEmpty()
        ? "NONE"
        : concerns.stream().map(Change::name).collect(Collectors.joining(" "));
  }
}
