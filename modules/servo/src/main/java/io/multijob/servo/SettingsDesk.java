package io.multijob.servo;

import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.servo.AdmissionParts.Opened;
import io.multijob.servo.adjustment.PodSettings;
import io.multijob.servo.admission.Adjustment;
import io.multijob.servo.admission.Decision;
import io.multijob.servo.admission.KnownNamespace;
import io.multijob.servo.admission.Restraint.Change;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.SeenPods;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.PodRef;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Makes what the service wants of a pod that is there already into the settings that the policy
/// gives to the app's next ones.
///
/// Thread-safe.
record SettingsDesk(KubernetesApi api, AdmissionParts parts) implements SeenPods.PodDesk {
  private static final Duration TIME = Duration.ofSeconds(10);

  @Override
  public Optional<ObjectNode> fetch(PodRef pod) throws IOException, InterruptedException {
    String path = "/api/v1/namespaces/%s/pods/%s".formatted(pod.namespace(), pod.name());
    try (ApiResponse response = api.get(path, TIME)) {
      String text = response.text();
      if (response.status() == 404) {
        return Optional.empty();
      }
      if (!response.ok()) {
        throw new IOException("pod " + pod + " cannot be read: " + response.status());
      }
      return JsonMapper.shared().readTree(text) instanceof ObjectNode document
              && document.path("metadata").path("uid").asString("").equals(pod.uid())
          ? Optional.of(document)
          : Optional.empty();
    } catch (JacksonException e) {
      throw new IOException("pod " + pod + " cannot be read: " + e.getOriginalMessage(), e);
    }
  }

  @Override
  public Description describe(ObjectNode pod) {
    return opened().core().description(pod, known(pod));
  }

  @Override
  public void agreed(String appId, ObjectNode pod, Command.Adjust command) {
    String namespace = namespaceOf(pod);
    if (!parts.restraints().mayAdjust(namespace, appId)
        || known(pod).adjusting() == KnownNamespace.Adjusting.WITHHELD) {
      return;
    }
    Agreement agreed = new Agreement.Adjust(command, Agreement.Freshness.FRESH);
    Decision decision =
        opened().core().decide(appId, pod, known(pod), agreed, Set.of(Change.ADJUST));
    switch (decision.adjustment()) {
      case Adjustment.Applied(var settings, var freshness) ->
          parts.settings().put(namespace, appId, settings);
      case Adjustment.Rehearsed(var settings) -> parts.settings().put(namespace, appId, settings);
      case Adjustment.Unfit(var wanted, String message) -> {
        parts.settings().put(namespace, appId, PodSettings.NONE);
        parts.unfit().failed(appId, wanted, message);
      }
      case Adjustment.None _ -> {}
    }
  }

  private Opened opened() {
    return parts.opened().orElseThrow(() -> new IllegalStateException("no pod is changed yet"));
  }

  private KnownNamespace known(JsonNode pod) {
    return parts.facts().apply(namespaceOf(pod));
  }

  private static String namespaceOf(JsonNode pod) {
    return pod.path("metadata").path("namespace").asString("");
  }
}
