package io.multijob.servo.check;

import io.multijob.servo.AdmissionMode;
import io.multijob.servo.InstalledAdmission;
import io.multijob.servo.Servo;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.ClusterFeatures;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Looks at all that a servo with these settings depends on.
///
/// Used by one thread.
public final class Examination {
  private final ServoConfig config;
  private final String user;
  private final Consumer<Finding> findings;

  /// @param user whose permissions are looked at, as the API server names it
  ///   (`system:serviceaccount:default:opsani-servo`); empty for our own
  /// @param findings is told of each as it comes
  public Examination(ServoConfig config, String user, Consumer<Finding> findings) {
    this.config = config;
    this.user = user;
    this.findings = findings;
  }

  /// Looks at everything; what cannot be looked at is a finding as well.
  public void run() throws InterruptedException {
    findings.accept(new ServiceCheck(config.service()).finding(Servo.version()));
    ClusterAccess access;
    try {
      access = ClusterAccess.find(config.environment());
    } catch (IOException e) {
      findings.accept(Finding.fails("API server", String.valueOf(e.getMessage())));
      return;
    }
    try (KubernetesApi api = KubernetesApi.open(access)) {
      ClusterFeatures features = ClusterFeatures.ask(api);
      findings.accept(
          Finding.ok("API server", "Kubernetes %s at %s".formatted(features, api.server())));
      examine(api, features);
    } catch (IOException e) {
      findings.accept(Finding.fails("API server", e.getMessage() + "; see KUBECONFIG"));
    }
  }

  /// With `auto` what is set up counts, and before anything is, all that can be.
  private AdmissionMode mode(KubernetesApi api, ClusterFeatures features)
      throws IOException, InterruptedException {
    AdmissionMode asked = config.admission().mode();
    if (asked == AdmissionMode.AUTO && !features.initializers()) {
      AdmissionMode found = new InstalledAdmission(api).find(features);
      return found == AdmissionMode.NONE ? asked.in(features) : found;
    }
    return asked.in(features);
  }

  private void examine(KubernetesApi api, ClusterFeatures features)
      throws IOException, InterruptedException {
    Set<Scope> asked = config.pods().scopes();
    Set<Scope> scopes = asked.isEmpty() ? Set.of(new Scope(api.namespace())) : asked;
    AdmissionMode mode = mode(api, features);
    List<Permission> permissions = Permissions.of(config, scopes, mode, features, api.namespace());
    new PermissionCheck(new AccessReviews(api, user)).findings(permissions).forEach(findings);
    List<String> namespaces =
        scopes.stream()
            .filter(scope -> !scope.equals(Scope.ALL))
            .map(Scope::namespace)
            .sorted()
            .toList();
    new AdmissionCheck(new ClusterObjects(api), config, mode, features)
        .findings(namespaces)
        .forEach(findings);
  }
}
