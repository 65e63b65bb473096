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
import java.util.function.BiPredicate;
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
  private final BiPredicate<String, String> adjusted;

  /// @param adjusted true for a namespace and an app whose pods the policy adjusts there
  public JobTemplates(KubernetesApi api, AppIdPath path, BiPredicate<String, String> adjusted) {
    this.api = api;
    this.path = path;
    this.adjusted = adjusted;
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
      return made(owner, JsonMapper.shared().readTree(body).path("spec").path("template"));
    } catch (JacksonException e) {
      throw new IOException(owner + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  private Optional<Made> made(ObjectRef owner, JsonNode template) {
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
    return path.evaluate(pod).map(AppId::value).map(appId -> made(owner.namespace(), appId));
  }

  private Made made(String namespace, String appId) {
    Set<Change> changes = EnumSet.of(Change.INJECTION);
    if (adjusted.test(namespace, appId)) {
      changes.add(Change.ADJUSTMENT);
    }
    return new Made(appId, changes);
  }
}
