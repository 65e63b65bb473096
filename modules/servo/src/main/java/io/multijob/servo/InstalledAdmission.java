package io.multijob.servo;

import io.multijob.servo.certificate.Certificates;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.ClusterFeatures;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.time.Duration;

/// Finds out which ways of changing pods somebody has set up in the cluster.
///
/// Thread-safe.
public record InstalledAdmission(KubernetesApi api) {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";

  /// What is there: [AdmissionMode#NONE] where nothing is, or nobody lets us look.
  ///
  /// @throws IOException if the API server cannot be asked
  public AdmissionMode find(ClusterFeatures features) throws IOException, InterruptedException {
    boolean webhook = isThere("mutatingwebhookconfigurations/" + Certificates.CONFIGURATION);
    boolean policy = features.mutatingPolicies() && isThere("mutatingadmissionpolicies/servo");
    if (webhook) {
      return policy ? AdmissionMode.BOTH : AdmissionMode.WEBHOOK;
    }
    return policy ? AdmissionMode.POLICY : AdmissionMode.NONE;
  }

  private boolean isThere(String object) throws IOException, InterruptedException {
    try (ApiResponse response = api.get(GROUP + object, TIME)) {
      response.body().skip(Long.MAX_VALUE);
      if (response.status() >= 500 || response.status() == 429) {
        throw new IOException(object + " was answered with " + response.status());
      }
      return response.ok();
    }
  }
}
