package io.multijob.cli;

import io.multijob.servo.ConfigurationException;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.ServoConfig.AdmissionSettings;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.mark.HoldKeeper;
import io.multijob.servo.policy.AdmissionPolicy;
import io.multijob.servo.policy.InexpressiblePathException;
import io.multijob.servo.policy.PodmonParts;
import io.multijob.servo.policy.PolicyNamespaces;
import io.multijob.servo.policy.PolicySettings;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `servo policy`: the policy by which the API server itself puts podmon and settings into pods.
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {
      "Prints the policy by which the API server itself changes pods.",
      "It is the MutatingAdmissionPolicy servo and its bindings, made from the settings of"
          + " `servo run`, for an administrator: servo policy | kubectl apply -f -",
      "For Kubernetes 1.36 and later. Print and apply it again when a setting changes.",
      "Exit code 2 when a setting is not right, or when a policy cannot do what it asks for."
    })
final class PolicyCommand implements Callable<Integer> {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description =
          "The servo's own, which is asked for where POD_NAMESPACES is * or not set; by default that"
              + " of the kubeconfig's context.")
  private Optional<String> namespace = Optional.empty();

  @Override
  public Integer call() {
    try {
      ServoConfig config = ManifestConfig.from(System.getenv());
      System.out.print(new AdmissionPolicy(settings(config)).yaml());
      return ExitCode.STOPPED;
    } catch (ConfigurationException | InexpressiblePathException | IOException e) {
      System.err.println("servo policy: " + e.getMessage());
      return ExitCode.CONFIGURATION;
    }
  }

  private PolicySettings settings(ServoConfig config) throws IOException {
    AdmissionSettings admission = config.admission();
    return new PolicySettings(
        namespaces(config.pods().scopes()),
        config.pods().appId(),
        admission.image().stream()
            .map(image -> PodmonParts.of(image, admission.reportTarget()))
            .findFirst(),
        config.marks().holds().holding() == HoldKeeper.Holding.ON
            ? PolicySettings.Finalizer.ADDED
            : PolicySettings.Finalizer.LEFT_OUT,
        admission.adjust().mode(),
        admission.adjust().target());
  }

  private PolicyNamespaces namespaces(Set<Scope> scopes) throws IOException {
    if (scopes.contains(Scope.ALL)) {
      return PolicyNamespaces.allBut(own());
    }
    return scopes.isEmpty()
        ? PolicyNamespaces.of(Set.of(own()))
        : PolicyNamespaces.of(scopes.stream().map(Scope::namespace).collect(Collectors.toSet()));
  }

  private String own() throws IOException {
    if (namespace.isPresent()) {
      return namespace.get();
    }
    try (KubernetesApi api = KubernetesApi.open(ClusterAccess.find(System.getenv()))) {
      return api.namespace();
    } catch (IOException e) {
      throw new IOException("--namespace is not given, and " + e.getMessage(), e);
    }
  }
}
