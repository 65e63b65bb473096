package io.multijob.servo.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What the API server is told: the pod is allowed, with these changes.
///
/// @param patch steps of a JSON Patch; none for a pod that stays as it is
/// @param warnings shown to who makes the pod
record ReviewAnswer(String apiVersion, String uid, ArrayNode patch, List<String> warnings) {
  /// Kubernetes cuts what is longer in sum, and asks for short ones.
  private static final int MAX_WARNING = 250;

  ReviewAnswer {
    warnings = List.copyOf(warnings);
  }

  static ReviewAnswer unchanged(String apiVersion, String uid) {
    return new ReviewAnswer(apiVersion, uid, JsonNodeFactory.instance.arrayNode(), List.of());
  }

  byte[] toJson() {
    ObjectNode review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", apiVersion).put("kind", "AdmissionReview");
    ObjectNode response = review.putObject("response").put("uid", uid).put("allowed", true);
    if (!patch.isEmpty()) {
      String encoded = Base64.getEncoder().encodeToString(patch.toString().getBytes(UTF_8));
      response.put("patchType", "JSONPatch").put("patch", encoded);
    }
    if (!warnings.isEmpty()) {
      ArrayNode list = response.putArray("warnings");
      warnings.forEach(warning -> list.add(printable(warning)));
    }
    return review.toString().getBytes(UTF_8);
  }

  private static String printable(String warning) {
    String line = warning.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MAX_WARNING ? line : line.substring(0, MAX_WARNING - 3) + "...";
  }
}
