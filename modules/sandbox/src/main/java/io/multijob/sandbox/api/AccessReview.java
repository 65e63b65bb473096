package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Group;
import io.multijob.sandbox.api.object.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Answers `kubectl auth can-i`: here everybody can.
final class AccessReview {
  private static final String KIND = "SelfSubjectAccessReview";
  private static final List<String> PATH =
      List.of("apis", "authorization.k8s.io", "v1", "selfsubjectaccessreviews");

  private AccessReview() {}

  static boolean isAt(List<String> segments) {
    return segments.equals(PATH);
  }

  static Response allow(Request request) {
    if (!request.method().equals("POST")) {
      throw ApiError.methodNotAllowed();
    }
    // What is asked makes no difference, so that it may come in a format that is not read here.
    ObjectNode review =
        Json.object().put("kind", KIND).put("apiVersion", Group.AUTHORIZATION.apiVersion());
    review.putObject("status").put("allowed", true);
    return Response.json(201, Json.write(review));
  }
}
