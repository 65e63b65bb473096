package io.multijob.servo.mark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.retry.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/// Sends one mark to the API server, and says what became of it.
///
/// Thread-safe.
final class PodPatches implements MarkWriter {
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final int MAX_STATUS_BYTES = 16 * 1024;

  private final KubernetesApi api;

  PodPatches(KubernetesApi api) {
    this.api = api;
  }

  @Override
  public MarkResult write(MarkTask task) throws InterruptedException {
    String path =
        "/api/v1/namespaces/%s/pods/%s?fieldManager=servo"
            .formatted(task.pod().namespace(), task.pod().name());
    ApiRequest patch =
        new ApiRequest(
            "PATCH", path, "application/strategic-merge-patch+json", task.mark().patch(task.pod()));
    try (ApiResponse response = api.send(patch, TIME)) {
      if (response.ok()) {
        response.body().skip(Long.MAX_VALUE); // the connection is used again
        return new MarkResult.Written();
      }
      return failed(task, response);
    } catch (IOException e) {
      return new MarkResult.Later(String.valueOf(e.getMessage()), Duration.ZERO);
    }
  }

  private static MarkResult failed(MarkTask task, ApiResponse response) throws IOException {
    String said = new String(response.body().readNBytes(MAX_STATUS_BYTES), UTF_8);
    String reason = response.status() + ": " + said.strip();
    return switch (response.status()) {
      case 404 -> new MarkResult.Gone();
      case 401 -> new MarkResult.Denied(reason);
      case 403 ->
          // Who may not, may not anywhere in the namespace; a policy speaks of this pod alone.
          said.contains("cannot patch resource")
              ? new MarkResult.Denied(reason)
              : new MarkResult.Refused(reason);
      case 409 ->
          said.contains("UID")
              ? new MarkResult.Gone()
              : new MarkResult.Later(reason, Duration.ZERO);
      case 422 ->
          task.mark() == Mark.HOLD && said.contains("no new finalizers can be added")
              ? new MarkResult.Gone()
              : new MarkResult.Refused(reason);
      default ->
          response.status() == 429 || response.status() >= 500
              ? new MarkResult.Later(reason, RetryAfter.parse(response.retryAfter(), Instant.now()))
              : new MarkResult.Refused(reason);
    };
  }
}
