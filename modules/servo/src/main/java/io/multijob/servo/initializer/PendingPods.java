package io.multijob.servo.initializer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.PodRef;
import io.multijob.servo.retry.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads and patches pods that wait for their initializers, few at a time.
///
/// Thread-safe.
final class PendingPods {
  private static final Duration TIME = Duration.ofSeconds(15);
  private static final int MAX_STATUS_BYTES = 16 * 1024;
  private static final int MAX_POD_BYTES = 4 << 20; // more than etcd takes

  /// Each has a connection of its own.
  private static final int AT_ONCE = 32;

  /// Such an API server has no better status for it.
  private static final Pattern FAILED_TEST =
      Pattern.compile("testing (value|path)|test failed", Pattern.CASE_INSENSITIVE);

  private final KubernetesApi api;
  private final Semaphore requests = new Semaphore(AT_ONCE, true);

  PendingPods(KubernetesApi api) {
    this.api = api;
  }

  /// The pod as it is now; nothing if there is none of that name.
  Optional<PendingPod> read(PodRef pod) throws IOException, InterruptedException {
    requests.acquire();
    try (ApiResponse response = api.get(path(pod) + "?includeUninitialized=true", TIME)) {
      byte[] body = response.body().readNBytes(MAX_POD_BYTES);
      if (response.status() == 404) {
        return Optional.empty();
      }
      if (response.ok() && JsonMapper.shared().readTree(body) instanceof ObjectNode document) {
        return Optional.of(new PendingPod(document));
      }
      throw new IOException("GET of the pod was answered with " + response.status());
    } catch (JacksonException e) {
      throw new IOException("expected a pod, found what is not JSON", e);
    } finally {
      requests.release();
    }
  }

  Answer patch(PodRef pod, String operations) throws InterruptedException {
    ApiRequest patch =
        new ApiRequest("PATCH", path(pod), "application/json-patch+json", operations);
    requests.acquire();
    try (ApiResponse response = api.send(patch, TIME)) {
      String said = new String(response.body().readNBytes(MAX_STATUS_BYTES), UTF_8);
      response.body().skip(Long.MAX_VALUE); // the connection is used again
      return answer(response, response.status() + ": " + said.strip());
    } catch (IOException e) {
      return new Answer.Later(String.valueOf(e.getMessage()), Duration.ZERO);
    } finally {
      requests.release();
    }
  }

  private static Answer answer(ApiResponse response, String reason) {
    return switch (response.status()) {
      case 200 -> new Answer.Done();
      case 404 -> new Answer.Gone();
      case 409, 422 -> new Answer.Unfit(reason);
      case 500 ->
          FAILED_TEST.matcher(reason).find() ? new Answer.Unfit(reason) : later(response, reason);
      case 401, 429, 502, 503, 504 -> later(response, reason);
      default -> new Answer.Refused(reason);
    };
  }

  private static Answer later(ApiResponse response, String reason) {
    return new Answer.Later(reason, RetryAfter.parse(response.retryAfter(), Instant.now()));
  }

  private static String path(PodRef pod) {
    return "/api/v1/namespaces/%s/pods/%s".formatted(pod.namespace(), pod.name());
  }
}
