package io.multijob.servo.admission;

import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the API server has sent
/// (<https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/>).
sealed interface Review {

  /// A pod that is about to be made.
  ///
  /// @param apiVersion of the review, and so of the answer
  /// @param uid of the request
  /// @param namespace in which the pod is about to be made
  /// @param manner whether it is made in earnest
  record Creation(String apiVersion, String uid, String namespace, Manner manner, ObjectNode pod)
      implements Review {}

  /// A request for something else, which is none of our business.
  record Other(String apiVersion, String uid) implements Review {}

  /// It cannot be understood; only the request's uid can be read, so that it can be answered.
  record Garbled(String uid, String problem) implements Review {}

  /// It cannot be answered.
  record Unanswerable(String problem) implements Review {}

  /// Whether what is asked for happens.
  enum Manner {
    IN_EARNEST,
    /// `dryRun`: nobody else may notice.
    REHEARSED
  }

  String V1 = "admission.k8s.io/v1";

  /// The same in Kubernetes 1.9 to 1.21.
  Set<String> VERSIONS = Set.of(V1, "admission.k8s.io/v1beta1");

  /// Reads what has come. Throws nothing: what is wrong is an outcome.
  static Review parse(byte[] body) {
    try {
      return of(JsonMapper.shared().readTree(body));
    } catch (JacksonException e) {
      return salvaged(body, String.valueOf(e.getOriginalMessage()));
    }
  }

  /// The answer's uid, of a review of which nothing else is used.
  static Review salvaged(byte[] body, String problem) {
    try (JsonParser parser = JsonMapper.shared().createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean isUid = token == JsonToken.VALUE_STRING && "uid".equals(parser.currentName());
        if (isUid && parser.streamReadContext().pathAsPointer().toString().equals("/request/uid")) {
          return new Garbled(parser.getString(), problem);
        }
      }
      return new Unanswerable(problem);
    } catch (JacksonException e) {
      return new Unanswerable(problem);
    }
  }

  private static Review of(JsonNode review) {
    JsonNode request = review.path("request");
    String uid = request.path("uid").asString("");
    String version = review.path("apiVersion").asString("");
    if (uid.isEmpty()) {
      return new Unanswerable("no request.uid");
    }
    if (!VERSIONS.contains(version)) {
      return new Garbled(uid, "apiVersion: expected " + V1 + ", found '" + version + "'");
    }
    if (!isPodCreation(request)) {
      return new Other(version, uid);
    }
    if (!(request.path("object") instanceof ObjectNode pod)) {
      return new Garbled(uid, "request.object: expected a pod, found none");
    }
    Manner manner = request.path("dryRun").asBoolean(false) ? Manner.REHEARSED : Manner.IN_EARNEST;
    return new Creation(version, uid, request.path("namespace").asString(""), manner, pod);
  }

  private static boolean isPodCreation(JsonNode request) {
    JsonNode resource = request.path("resource");
    return request.path("operation").asString("").equals("CREATE")
        && resource.path("group").asString("").isEmpty()
        && resource.path("resource").asString("").equals("pods")
        && request.path("subResource").asString("").isEmpty();
  }
}
