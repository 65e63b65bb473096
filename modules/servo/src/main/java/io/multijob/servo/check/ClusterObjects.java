package io.multijob.servo.check;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads single objects of the cluster.
record ClusterObjects(KubernetesApi api) {
  private static final Duration TIME = Duration.ofSeconds(10);

  /// An answer.
  ///
  /// @param object what it holds: the object, or a Status
  record Found(int status, JsonNode object) {
    boolean isThere() {
      return status / 100 == 2;
    }

    boolean isAbsent() {
      return status == 404;
    }

    /// What the API server says of a failure.
    String message() {
      return status + ": " + object.path("message").asString("no message");
    }
  }

  Found get(String path) throws IOException, InterruptedException {
    try (ApiResponse response = api.get(path, TIME)) {
      return found(path, response);
    }
  }

  /// Has the API server do all that it does when the object is created, except to keep it.
  Found tryCreate(String path, String json) throws IOException, InterruptedException {
    String dryRun = path + "?dryRun=All&fieldManager=servo";
    try (ApiResponse response =
        api.ask(new ApiRequest("POST", dryRun, "application/json", json), TIME)) {
      return found(path, response);
    }
  }

  private static Found found(String path, ApiResponse response) throws IOException {
    String text = response.text();
    try {
      return new Found(response.status(), JsonMapper.shared().readTree(text));
    } catch (JacksonException e) {
      throw new IOException("expected JSON from " + path + ": " + e.getOriginalMessage(), e);
    }
  }
}
