package io.multijob.servo.check;

import io.multijob.servo.AdmissionMode;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.admission.ReviewHandler;
import io.multijob.servo.check.ClusterObjects.Found;
import io.multijob.servo.injection.PodmonImage;
import io.multijob.servo.kubernetes.ClusterFeatures;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/// Whether pods of ours will be changed before they start.
final class AdmissionCheck {
  private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
  private static final String POLICY = GROUP + "mutatingadmissionpolicies/servo";
  private static final String WEBHOOK = GROUP + "mutatingwebhookconfigurations/servo.optune.io";
  private static final Set<String> NO_HOST_PATHS = Set.of("baseline", "restricted");
  private static final String LEVEL = "pod-security.kubernetes.io/enforce";

  /// One-time, so that the webhook is asked; never kept, so that its image does not matter.
  private static final String SAMPLE =
      """
      {"apiVersion": "v1", "kind": "Pod",
       "metadata": {"generateName": "servo-check-", "annotations": {"%s": "true"}},
       "spec": {"restartPolicy": "Never", "containers": [
         {"name": "main", "image": "servo-check",
          "resources": {"requests": {"cpu": "10m", "memory": "16Mi"},
                        "limits": {"cpu": "10m", "memory": "16Mi"}}}]}}
      """
          .formatted(ReviewHandler.CHECK);

  private final ClusterObjects objects;
  private final ServoConfig config;
  private final AdmissionMode mode;
  private final ClusterFeatures features;

  /// @param mode how pods are changed here: not `auto`
  AdmissionCheck(
      ClusterObjects objects, ServoConfig config, AdmissionMode mode, ClusterFeatures features) {
    this.objects = objects;
    this.config = config;
    this.mode = mode;
    this.features = features;
  }

  List<Finding> findings(List<String> namespaces) throws IOException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(way());
    if (mode == AdmissionMode.NONE) {
      return findings;
    }
    findings.add(podmon());
    if (mode == AdmissionMode.POLICY || mode == AdmissionMode.BOTH) {
      findings.add(policy());
    }
    if (mode.listens() && !features.initializers()) {
      findings.add(webhook(namespaces));
    }
    findings.addAll(other());
    findings.addAll(podSecurity(namespaces));
    return findings;
  }

  /// What `auto` would take as well.
  private List<Finding> other() {
    if (config.admission().mode() != AdmissionMode.AUTO || features.initializers()) {
      return List.of();
    }
    return switch (mode) {
      case POLICY ->
          List.of(
              Finding.note(
                  "webhook",
                  "none is set up: what the service wants holds for an app's next pod; servo webhook --service NAMESPACE/NAME | kubectl apply -f - has it asked before a pod starts"));
      case WEBHOOK ->
          features.mutatingPolicies()
              ? List.of(
                  Finding.note(
                      "policy",
                      "none is set up: pods go unchanged while the servo is away; servo policy | kubectl apply -f - has the API server change them"))
              : List.of();
      case AUTO, BOTH, NONE -> List.of();
    };
  }

  private Finding way() {
    String subject = "admission";
    if (features.initializers()) {
      return Finding.ok(subject, "by initializer");
    }
    return switch (config.admission().mode()) {
      case AUTO ->
          Finding.ok(
              subject,
              mode == AdmissionMode.BOTH
                  ? "by policy, webhook or both, as they are set up"
                  : "by " + mode);
      case BOTH ->
          mode == AdmissionMode.BOTH
              ? Finding.ok(subject, "by both")
              : Finding.note(
                  subject,
                  "by webhook alone: Kubernetes %s serves no MutatingAdmissionPolicy v1"
                      .formatted(features));
      case POLICY ->
          mode == AdmissionMode.POLICY
              ? Finding.ok(subject, "by policy")
              : Finding.fails(
                  subject,
                  "ADMISSION=policy needs MutatingAdmissionPolicy v1, which Kubernetes %s does not serve; set ADMISSION=webhook"
                      .formatted(features));
      case WEBHOOK, NONE -> Finding.ok(subject, "by " + mode);
    };
  }

  private Finding podmon() {
    if (config.admission().image().isEmpty()) {
      return Finding.note(
          "podmon", "OPTUNE_SLEEPER_IMG is not set: runs have the times of Kubernetes and no more");
    }
    PodmonImage image = config.admission().image().getFirst();
    if (features.nativeSidecars()) {
      return Finding.ok("podmon", image.name() + " as a native sidecar");
    }
    return switch (image.kind()) {
      case PODMON ->
          Finding.note(
              "podmon",
              image.name() + " as a regular container: no native sidecars in " + features);
      case SLEEPER ->
          Finding.fails(
              "podmon",
              "%s only sleeps, and without native sidecars (1.29) would keep each pod for ever; set OPTUNE_SLEEPER_IMG to podmon's image"
                  .formatted(image.name()));
    };
  }

  private Finding policy() throws IOException, InterruptedException {
    Found policy = objects.get(POLICY);
    Found binding = objects.get(GROUP + "mutatingadmissionpolicybindings/servo");
    if (policy.isThere() && binding.isThere()) {
      return Finding.ok("policy", "MutatingAdmissionPolicy servo is bound");
    }
    return policy.isAbsent() || binding.isAbsent()
        ? absent("policy", "no MutatingAdmissionPolicy servo: servo policy | kubectl apply -f -")
        : Finding.note(
            "policy", "not to be looked at: " + (policy.isThere() ? binding : policy).message());
  }

  private Finding webhook(List<String> namespaces) throws IOException, InterruptedException {
    Found found = objects.get(WEBHOOK);
    if (found.isAbsent()) {
      return absent(
          "webhook",
          "no MutatingWebhookConfiguration servo.optune.io: servo webhook --service NAMESPACE/NAME | kubectl apply -f -");
    }
    if (!found.isThere()) {
      return Finding.note("webhook", "not to be looked at: " + found.message());
    }
    for (JsonNode webhook : found.object().path("webhooks")) {
      if (webhook.path("clientConfig").path("caBundle").asString("").isEmpty()) {
        return Finding.fails(
            "webhook",
            "no caBundle in MutatingWebhookConfiguration servo.optune.io yet: the servo writes it when it runs and may, cert-manager where ADMISSION_CERT is set");
      }
    }
    return namespaces.isEmpty()
        ? Finding.ok("webhook", "MutatingWebhookConfiguration servo.optune.io has a caBundle")
        : reached(namespaces.getFirst());
  }

  /// With `auto` pods are changed by what is set up, whichever it is.
  private Finding absent(String way, String words) {
    return config.admission().mode() == AdmissionMode.AUTO
        ? Finding.note(way, words)
        : Finding.fails(way, words);
  }

  /// The API server alone can tell whether it reaches the webhook: a pod of ours is created, but
  /// not kept.
  private Finding reached(String namespace) throws IOException, InterruptedException {
    Found tried = objects.tryCreate("/api/v1/namespaces/" + namespace + "/pods", SAMPLE);
    if (!tried.isThere()) {
      return Finding.note(
          "webhook",
          "not tried: a pod in %s was answered with %s".formatted(namespace, tried.message()));
    }
    JsonNode annotations = tried.object().path("metadata").path("annotations");
    return annotations.path(ReviewHandler.CHECKED).asString("").isEmpty()
        ? Finding.fails(
            "webhook",
            "the API server created a pod in %s without it: see that the servo runs, and that the API server reaches it (a Service with a ready endpoint, port 8443 through firewalls and network policies)"
                .formatted(namespace))
        : Finding.ok("webhook", "reached by the API server, tried in " + namespace);
  }

  private List<Finding> podSecurity(List<String> namespaces)
      throws IOException, InterruptedException {
    boolean needsHostPath =
        config.admission().image().stream()
            .anyMatch(image -> image.kind() == PodmonImage.Kind.PODMON);
    if (!needsHostPath) {
      return List.of();
    }
    Set<String> forbidding = new TreeSet<>();
    for (String namespace : namespaces) {
      Found found = objects.get("/api/v1/namespaces/" + namespace);
      if (!found.isThere()) {
        return List.of(
            Finding.note("pod security", "namespace %s: %s".formatted(namespace, found.message())));
      }
      String level =
          found.object().path("metadata").path("labels").path(LEVEL).asString("privileged");
      if (NO_HOST_PATHS.contains(level)) {
        forbidding.add(namespace + " (" + level + ")");
      }
    }
    if (namespaces.isEmpty()) {
      return List.of();
    }
    return List.of(
        forbidding.isEmpty()
            ? Finding.ok("pod security", "podmon's host path is allowed")
            : Finding.note(
                "pod security",
                "host paths are forbidden in %s: pods there go without podmon (label %s=privileged allows it)"
                    .formatted(String.join(", ", forbidding), LEVEL)));
  }
}
