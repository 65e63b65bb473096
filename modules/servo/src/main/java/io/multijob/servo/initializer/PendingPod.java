package io.multijob.servo.initializer;

import io.multijob.servo.pod.PodRef;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod as the API server shows it to an initializer.
///
/// @param document the whole of it while it waits for its initializers, its metadata at least
/// @see <a
///   href="https://v1-13.docs.kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">
///   Initializers</a>
record PendingPod(ObjectNode document) {
  /// Our name in the InitializerConfiguration, as the original had it.
  static final String NAME = "initcfg.optune.io";

  PodRef ref() {
    return new PodRef(text("uid"), text("namespace"), text("name"));
  }

  String uid() {
    return text("uid");
  }

  String version() {
    return text("resourceVersion");
  }

  /// Whether it waits, and for nobody before us. One that another initializer has refused is about
  /// to be deleted.
  boolean isOurTurn() {
    return pending().path(0).path("name").asString("").equals(NAME)
        && !document.path("metadata").path("initializers").has("result");
  }

  /// Whether it waits for nobody after us.
  boolean isOursAlone() {
    return pending().size() == 1;
  }

  private JsonNode pending() {
    return document.path("metadata").path("initializers").path("pending");
  }

  private String text(String field) {
    return document.path("metadata").path(field).asString("");
  }
}
