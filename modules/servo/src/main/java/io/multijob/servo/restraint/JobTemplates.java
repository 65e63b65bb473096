package io.multijob.servo.restraint;

import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.AppId;
import io.multijob.servo.pod.AppIdPath;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a policy in the API server does to the pods of a Job, by the Job's template: podmon is put
/// into each of ours, and the settings of its app are set where there are any.
///
/// Thread-safe. Needs `get` on Jobs.
public final class JobTemplates implements ChangeSource {
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 4 << 20;

  private final KubernetesApi api;
  private final AppIdPath path;
  private final AppSettings settings;

  /// Knows which apps' pods the policy adjusts.
  @FunctionalInterface
  public interface AppSettings {
    /// Whether the policy has settings for the app's pods in that namespace.
    ///
    /// @throws IOException if that cannot be found out now
    boolean has(String namespace, String appId) throws IOException, InterruptedException;
  }

  public JobTemplates(KubernetesApi api, AppIdPath path, AppSettings settings) {
    this.api = api;
    this.path = path;
    this.settings = settings;
  }

  @Override
  public Optional<Made> find(ObjectRef owner) throws IOException, InterruptedException {
    if (!owner.kind().equals("Job")) {
      return Optional.empty();
    }
    String job = "/apis/batch/v1/namespaces/%s/jobs/%s".formatted(owner.namespace(), owner.name());
    try (ApiResponse response = api.get(job, TIME)) {
      if (response.status() == 404) {
        return Optional.empty();
      }
      if (!response.ok()) {
        throw new IOException(owner + " cannot be read: " + response.status());
      }
      byte[] body = response.body().readNBytes(MAX_BYTES);
      Optional<String> appId =
          appId(owner, JsonMapper.shared().readTree(body).path("spec").path("template"));
      return appId.isPresent()
          ? Optional.of(made(owner.namespace(), appId.get()))
          : Optional.empty();
    } catch (JacksonException e) {
      throw new IOException(owner + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private Optional<String> appId(ObjectRef owner, JsonNode template) {
    if (!(template instanceof ObjectNode pod)
        || !pod.path("spec").path("restartPolicy").asString("").equals("Never")) {
      return Optional.empty();
    }
    pod.withObject("/metadata")
        .putArray("ownerReferences")
        .addObject()
        .put("kind", owner.kind())
        .put("name", owner.name())
        .put("controller", true);
    return path.evaluate(pod).map(AppId::value);
  }

  private Made made(String namespace, String appId) throws IOException, InterruptedException {
    Set<Change> changes = EnumSet.of(Change.INJECTION);
    if (settings.has(namespace, appId)) {
      changes.add(Change.ADJUSTMENT);
    }
    return new Made(appId, changes);
  }
}
