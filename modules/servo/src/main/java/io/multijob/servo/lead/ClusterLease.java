package io.multijob.servo.lead;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.core.JacksonException;

/// The Lease in the cluster.
///
/// Thread-safe.
final class ClusterLease implements LeaseStore {
  /// A look and a renewal that both hang end before the lease has to be given up.
  private static final Duration TIME = Duration.ofMillis(2_500);

  private static final int MAX_BYTES = 64 * 1024;
  private static final String JSON = "application/json";

  private final KubernetesApi api;
  private final LeaseName name;
  private final String all;

  ClusterLease(KubernetesApi api, LeaseName name) {
    this.api = api;
    this.name = name;
    this.all = "/apis/coordination.k8s.io/v1/namespaces/" + name.namespace() + "/leases";
  }

  @Override
  public Lease read() throws IOException, InterruptedException {
    try (ApiResponse response = api.get(all + "/" + name.name(), TIME)) {
      String body = bodyOf(response);
      if (response.status() == 404) {
        return Lease.ABSENT;
      }
      if (!response.ok()) {
        throw refused("read", response, body);
      }
      return Lease.parse(body);
    } catch (JacksonException e) {
      throw new IOException("Lease " + name + " is not to be read: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public boolean write(Lease lease) throws IOException, InterruptedException {
    String json = lease.toJson(name);
    ApiRequest request =
        lease.version().isEmpty()
            ? new ApiRequest("POST", all, JSON, json)
            : new ApiRequest("PUT", all + "/" + name.name(), JSON, json);
    try (ApiResponse response = api.send(request, TIME)) {
      String body = bodyOf(response);
      if (response.status() == 409) {
        return false;
      }
      if (response.status() / 100 != 2) {
        throw refused("written", response, body);
      }
      return true;
    }
  }

  private static String bodyOf(ApiResponse response) throws IOException {
    return new String(response.body().readNBytes(MAX_BYTES), UTF_8);
  }

  private IOException refused(String what, ApiResponse response, String body) {
    return new IOException(
        "Lease %s cannot be %s: %d: %s".formatted(name, what, response.status(), body.strip()));
  }
}
