package io.multijob.servo.mark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodRef;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Takes our finalizer off every pod that bears it, whether or not a servo runs: for an uninstall,
/// or when something is stuck.
///
/// Used by one thread.
public final class Release {
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final int PAGE = 500;
  private static final int ATTEMPTS = 5;
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final KubernetesApi api;
  private final PodPatches patches;

  public Release(KubernetesApi api) {
    this.api = api;
    this.patches = new PodPatches(api);
  }

  /// Takes the pods that are held, one after another.
  @FunctionalInterface
  public interface HeldPods {
    void accept(PodRef pod) throws InterruptedException;
  }

  /// Finds the pods that our finalizer keeps.
  ///
  /// @param namespace empty for all of them
  /// @throws IOException if they cannot be listed
  public void find(String namespace, HeldPods pods) throws IOException, InterruptedException {
    String all = namespace.isEmpty() ? "/api/v1/pods" : "/api/v1/namespaces/" + namespace + "/pods";
    String next = "";
    do {
      JsonNode page = page(all + "?limit=" + PAGE + next);
      for (JsonNode pod : page.path("items")) {
        JsonNode metadata = pod.path("metadata");
        if (isHeld(metadata)) {
          pods.accept(
              new PodRef(
                  metadata.path("uid").asString(""),
                  metadata.path("namespace").asString(""),
                  metadata.path("name").asString("")));
        }
      }
      String token = page.path("metadata").path("continue").asString("");
      next = token.isEmpty() ? "" : "&continue=" + URLEncoder.encode(token, UTF_8);
    } while (!next.isEmpty());
  }

  /// Takes our finalizer off the pod.
  ///
  /// @return why it could not be done; empty when the pod is free or gone
  public Optional<String> letGo(PodRef pod) throws InterruptedException {
    String problem = "";
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      switch (patches.write(new MarkTask(pod, Mark.LET_GO))) {
        case MarkResult.Written(), MarkResult.Gone() -> {
          return Optional.empty();
        }
        case MarkResult.Denied(String reason) -> {
          return Optional.of(reason);
        }
        case MarkResult.Refused(String reason) -> {
          return Optional.of(reason);
        }
        case MarkResult.Later(String reason, Duration atLeast) -> {
          problem = reason;
          Thread.sleep(atLeast.compareTo(PAUSE) < 0 ? PAUSE : atLeast);
        }
      }
    }
    return Optional.of(problem);
  }

  private JsonNode page(String path) throws IOException, InterruptedException {
    try (ApiResponse response = api.getMetadata(path, SILENCE)) {
      String body = new String(response.body().readAllBytes(), UTF_8);
      if (!response.ok()) {
        throw new IOException("pods cannot be listed: " + response.status() + ": " + body.strip());
      }
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException e) {
      throw new IOException("pods cannot be listed: " + e.getOriginalMessage(), e);
    }
  }

  private static boolean isHeld(JsonNode metadata) {
    for (JsonNode finalizer : metadata.path("finalizers")) {
      if (finalizer.asString("").equals(PodMarks.FINALIZER)) {
        return true;
      }
    }
    return false;
  }
}
