package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/// An object to be created, from a file.
///
/// @param file where it is from
/// @param document which one of the file, from 1
/// @param object a Pod or a Job
public record Manifest(Path file, int document, ObjectNode object) {

  public String kind() {
    return Json.text(object, "kind");
  }

  /// Its namespace, `default` if it has none.
  public String namespace() {
    String namespace = Json.text(object, "metadata", "namespace");
    return namespace.isEmpty() ? "default" : namespace;
  }

  /// Its name, empty if it is to be generated.
  public String name() {
    return Json.text(object, "metadata", "name");
  }

  /// The path in the API to which it is posted.
  public String collection() {
    return switch (kind()) {
      case "Pod" -> "/api/v1/namespaces/" + namespace() + "/pods";
      case "Job" -> "/apis/batch/v1/namespaces/" + namespace() + "/jobs";
      default -> throw new IllegalStateException("neither a Pod nor a Job: " + kind());
    };
  }
}
