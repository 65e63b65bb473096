package io.multijob.servo.check;

import io.multijob.servo.check.Finding.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Whether the servo is allowed what it needs.
final class PermissionCheck {
  private final AccessReviews reviews;

  PermissionCheck(AccessReviews reviews) {
    this.reviews = reviews;
  }

  /// A finding for each feature.
  List<Finding> findings(List<Permission> permissions) throws IOException, InterruptedException {
    Map<String, List<Permission>> features = new LinkedHashMap<>();
    permissions.forEach(permission ->
        features.computeIfAbsent(permission.feature(), first -> new ArrayList<>()).add(permission));
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, List<Permission>> feature : features.entrySet()) {
      findings.add(finding(feature.getKey(), feature.getValue()));
    }
    return findings;
  }

  private Finding finding(String feature, List<Permission> permissions)
      throws IOException, InterruptedException {
    List<String> denied = new ArrayList<>();
    Verdict verdict = Verdict.OK;
    for (Permission permission : permissions) {
      for (String verb : permission.verbs()) {
        if (!reviews.allowed(permission, verb)) {
          denied.add(permission.words(verb));
          verdict =
              permission.need() == Permission.Need.NEEDED || verdict == Verdict.FAILS
                  ? Verdict.FAILS
                  : Verdict.NOTE;
        }
      }
    }
    String subject = "may: " + feature;
    return denied.isEmpty()
        ? Finding.ok(subject, allowed(permissions))
        : new Finding(
            verdict,
            subject,
            "not allowed: "
                + String.join(", ", denied)
                + "; give it by a role (example/svc-role.yaml)"
                + without(verdict));
  }

  private static String without(Verdict verdict) {
    return verdict == Verdict.NOTE ? ", or go without" : "";
  }

  private static String allowed(List<Permission> permissions) {
    List<String> words = new ArrayList<>();
    permissions.forEach(
        permission -> words.add(permission.words(String.join(", ", permission.verbs()))));
    return String.join("; ", words);
  }
}
