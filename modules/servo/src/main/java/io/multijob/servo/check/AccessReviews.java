package io.multijob.servo.check;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Asks the API server what somebody may do ([access
/// reviews](https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access)).
///
/// @param user whose permissions are asked for, as the API server names it; empty for our own
record AccessReviews(KubernetesApi api, String user) {
  private static final Duration TIME = Duration.ofSeconds(10);
  private static final String GROUP = "/apis/authorization.k8s.io/v1/";
  private static final String ACCOUNT = "system:serviceaccount:";

  /// Whether that verb is allowed.
  ///
  /// @throws IOException if the API server cannot be asked
  boolean allowed(Permission permission, String verb) throws IOException, InterruptedException {
    ObjectNode review = JsonMapper.shared().createObjectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", kind());
    ObjectNode spec = review.putObject("spec");
    if (!user.isEmpty()) {
      spec.put("user", user);
      groups(spec);
    }
    ObjectNode attributes = spec.putObject("resourceAttributes");
    String[] resource = permission.resource().split("/", 2);
    attributes.put("verb", verb).put("group", permission.group()).put("resource", resource[0]);
    Map<String, String> optional =
        Map.of(
            "subresource",
            resource.length > 1 ? resource[1] : "",
            "namespace",
            permission.namespace(),
            "name",
            permission.name());
    optional.forEach((name, value) -> {
      if (!value.isEmpty()) {
        attributes.put(name, value);
      }
    });
    return ask(review).path("status").path("allowed").asBoolean(false);
  }

  private String kind() {
    return user.isEmpty() ? "SelfSubjectAccessReview" : "SubjectAccessReview";
  }

  /// What every service account belongs to: roles may be given to these groups.
  private void groups(ObjectNode spec) {
    if (user.startsWith(ACCOUNT)) {
      String namespace = user.substring(ACCOUNT.length()).split(":", 2)[0];
      spec.putArray("groups")
          .add("system:serviceaccounts")
          .add("system:serviceaccounts:" + namespace)
          .add("system:authenticated");
    }
  }

  private JsonNode ask(ObjectNode review) throws IOException, InterruptedException {
    String path = GROUP + (user.isEmpty() ? "selfsubjectaccessreviews" : "subjectaccessreviews");
    ApiRequest request = new ApiRequest("POST", path, "application/json", review.toString());
    try (ApiResponse response = api.ask(request, TIME)) {
      String text = response.text();
      if (response.status() / 100 != 2) {
        throw new IOException("%s was answered with %d".formatted(path, response.status()));
      }
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new IOException("expected JSON from " + path + ": " + e.getOriginalMessage(), e);
    }
  }
}
