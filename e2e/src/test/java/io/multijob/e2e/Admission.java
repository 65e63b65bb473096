package io.multijob.e2e;

import io.fabric8.kubernetes.api.model.Pod;
import io.multijob.e2e.cluster.Applied;
import io.multijob.e2e.servo.ServoCommand;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A servo that changes pods before they start, and what the API server needs to know for that: as
/// long as one test. The names of policy and webhook are fixed, so there is one at a time.
final class Admission implements AfterEachCallback {
  private final Stand stand;
  private final Deque<Applied> applied = new ArrayDeque<>();

  Admission(Stand stand) {
    this.stand = stand;
  }

  /// How pods are changed.
  enum Way {
    WEBHOOK,
    POLICY,
    BOTH;

    /// As the setting `ADMISSION` names it.
    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /// Starts the servo anew so, and waits until the API server has pods changed.
  ///
  /// @param image of podmon
  /// @param more settings
  ServoProcess install(Way way, String image, Map<String, String> more) throws Exception {
    stand.servo().terminate();
    Map<String, String> settings = new HashMap<>(more);
    settings.put("ADMISSION", way.word());
    settings.put("ADMISSION_LISTEN", "127.0.0.1:{port}");
    settings.put("OPTUNE_SLEEPER_IMG", image);
    ServoProcess servo = stand.startServo(settings);
    settings.put("ADMISSION_LISTEN", "127.0.0.1:" + servo.statsPort());
    Map<String, String> command = stand.commandSettings(settings);
    if (way != Way.WEBHOOK) {
      apply(ServoCommand.output(command, "policy"));
    }
    if (way != Way.POLICY) {
      String url = "https://127.0.0.1:" + servo.statsPort() + "/mutate";
      apply(ServoCommand.output(command, "webhook", "--url", url));
    }
    Wait.until(
        "pods to be admitted by " + way.word(), Stand.CLUSTER_TIME, () -> isAdmitted(tried(), way));
    return servo;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    while (!applied.isEmpty()) {
      applied.pop().close();
    }
  }

  private void apply(String yaml) {
    applied.push(Applied.apply(stand.cluster(), yaml));
  }

  /// A pod of ours that the API server does all for, except to keep it.
  private Pod tried() {
    Pod pod =
        stand
            .cluster()
            .client()
            .pods()
            .load(
                new java.io.ByteArrayInputStream(
                    OneTimePod.named("tried")
                        .yaml()
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)))
            .item();
    pod.getMetadata().setAnnotations(Map.of("servo.optune.io/check", "true"));
    return stand
        .cluster()
        .client()
        .resource(pod)
        .inNamespace(stand.namespace().name())
        .dryRun()
        .create();
  }

  private static boolean isAdmitted(Pod pod, Way way) {
    boolean byWebhook = pod.getMetadata().getAnnotations().containsKey("servo.optune.io/checked");
    return hasPodmon(pod) && byWebhook == (way != Way.POLICY);
  }

  /// Whether it has podmon as a native sidecar.
  static boolean hasPodmon(Pod pod) {
    return pod.getSpec().getInitContainers().stream()
        .anyMatch(container ->
            container.getName().equals(PodmonContainer.NAME)
                && "Always".equals(container.getRestartPolicy()));
  }
}
