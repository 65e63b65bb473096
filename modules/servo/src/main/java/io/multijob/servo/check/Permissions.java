package io.multijob.servo.check;

import io.multijob.servo.AdmissionMode;
import io.multijob.servo.KubeletStats;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.certificate.Certificates;
import io.multijob.servo.certificate.Keeping;
import io.multijob.servo.check.Permission.Need;
import io.multijob.servo.injection.PodmonImage;
import io.multijob.servo.kubernetes.ClusterFeatures;
import io.multijob.servo.mark.HoldKeeper;
import io.multijob.servo.mark.PodMarker;
import io.multijob.servo.watch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What the servo has to be allowed for the features that are on.
///
/// Used by one thread.
final class Permissions {
  private static final String CORE = "";
  private static final String LEASES = "coordination.k8s.io";
  private static final String ADMISSION = "admissionregistration.k8s.io";

  private final ServoConfig config;
  private final List<String> namespaces;
  private final String own;
  private final List<Permission> all = new ArrayList<>();

  private Permissions(ServoConfig config, Set<Scope> scopes, String own) {
    this.config = config;
    this.own = own;
    this.namespaces =
        scopes.stream()
            .map(scope -> scope.equals(Scope.ALL) ? "" : scope.namespace())
            .sorted()
            .toList();
  }

  /// @param mode how pods are changed here: not `auto`
  /// @param own the servo's own namespace
  static List<Permission> of(
      ServoConfig config,
      Set<Scope> scopes,
      AdmissionMode mode,
      ClusterFeatures features,
      String own) {
    Permissions permissions = new Permissions(config, scopes, own);
    permissions.watching();
    permissions.marking();
    permissions.leading();
    permissions.admitting(mode, features);
    permissions.sampling();
    return List.copyOf(permissions.all);
  }

  private void watching() {
    inEach("watching", Need.NEEDED, List.of("get", "list", "watch"), "pods");
  }

  private void marking() {
    if (config.marks().holds().holding() == HoldKeeper.Holding.ON) {
      inEach("holding", Need.NEEDED, List.of("patch"), "pods");
    } else if (config.marks().marking() == PodMarker.Marking.ON) {
      inEach("marks", Need.HELPFUL, List.of("patch"), "pods");
    }
  }

  private void leading() {
    config
        .lease()
        .forEach(lease -> {
          String namespace = lease.namespace().isEmpty() ? own : lease.namespace();
          add("replicas", Need.NEEDED, List.of("create"), LEASES, "leases", namespace, "");
          add(
              "replicas",
              Need.NEEDED,
              List.of("get", "update"),
              LEASES,
              "leases",
              namespace,
              lease.name());
        });
  }

  private void admitting(AdmissionMode mode, ClusterFeatures features) {
    if (mode == AdmissionMode.NONE) {
      return;
    }
    if (features.initializers()) {
      add(
          "initializer",
          Need.NEEDED,
          List.of("get", "list", "watch", "patch", "initialize"),
          CORE,
          "pods",
          "",
          "");
      return;
    }
    lookingForWays(features);
    inEach("limit ranges", Need.HELPFUL, List.of("get", "list"), "limitranges");
    inEach("refusals", Need.HELPFUL, List.of("list", "watch", "create"), "events");
    add("namespaces", Need.HELPFUL, List.of("get", "list", "patch"), CORE, "namespaces", "", "");
    if (mode == AdmissionMode.POLICY || mode == AdmissionMode.BOTH) {
      add("settings", Need.NEEDED, List.of("get", "patch"), CORE, "namespaces", "", "");
      add(
          "policy",
          Need.HELPFUL,
          List.of("get"),
          ADMISSION,
          "mutatingadmissionpolicybindings",
          "",
          "servo");
      inEach("owners of pods", Need.HELPFUL, List.of("get"), "batch", "jobs");
    }
    if (mode.listens() && config.admission().certificate().isEmpty()) {
      add(
          "trust",
          Need.NEEDED,
          List.of("get", "patch"),
          ADMISSION,
          "mutatingwebhookconfigurations",
          "",
          Certificates.CONFIGURATION);
      add("certificate", Need.NEEDED, List.of("create"), CORE, "secrets", own, "");
      add(
          "certificate",
          Need.NEEDED,
          List.of("get", "patch"),
          CORE,
          "secrets",
          own,
          Keeping.DEFAULT_NAME);
    }
  }

  /// What is set up is looked for where nobody says which way it should be.
  private void lookingForWays(ClusterFeatures features) {
    if (config.admission().mode() != AdmissionMode.AUTO) {
      return;
    }
    String feature = "what is set up";
    add(
        feature,
        Need.NEEDED,
        List.of("get"),
        ADMISSION,
        "mutatingwebhookconfigurations",
        "",
        Certificates.CONFIGURATION);
    if (features.mutatingPolicies()) {
      add(
          feature,
          Need.NEEDED,
          List.of("get"),
          ADMISSION,
          "mutatingadmissionpolicies",
          "",
          "servo");
    }
  }

  private void sampling() {
    boolean sleeps =
        config.admission().image().stream()
            .anyMatch(image -> image.kind() == PodmonImage.Kind.SLEEPER);
    if (sleeps && config.admission().kubelets() != KubeletStats.OFF) {
      add("sampled figures", Need.NEEDED, List.of("get"), CORE, "nodes/stats", "", "");
    }
  }

  private void inEach(String feature, Need need, List<String> verbs, String resource) {
    inEach(feature, need, verbs, CORE, resource);
  }

  private void inEach(
      String feature, Need need, List<String> verbs, String group, String resource) {
    namespaces.forEach(namespace -> add(feature, need, verbs, group, resource, namespace, ""));
  }

  private void add(
      String feature,
      Need need,
      List<String> verbs,
      String group,
      String resource,
      String namespace,
      String name) {
    all.add(new Permission(feature, need, verbs, group, resource, namespace, name));
  }
}
