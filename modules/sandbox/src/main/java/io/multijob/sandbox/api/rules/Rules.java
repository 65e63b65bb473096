package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The rules of one resource, beyond those of every object's metadata.
public interface Rules {

  static Rules of(Resource resource) {
    return switch (resource) {
      case PODS -> new PodRules();
      case JOBS -> new JobRules();
      case NAMESPACES -> new NamespaceRules();
      case NODES -> new NodeRules();
      case EVENTS -> new EventRules();
      case LEASES -> new LeaseRules();
    };
  }

  /// Fills in what a new object lacks and takes away what its author may not set. Its metadata is
  /// complete, except for the resource version.
  void prepareNew(ObjectNode object);

  /// What is wrong with an object, new or changed.
  List<FieldError> validate(ObjectNode object);

  /// Undoes the changes that a write to the object itself may not make.
  default void prepareUpdate(ObjectNode updated, ObjectNode current) {
    Json.copy(current, updated, "status");
  }

  /// Which forbidden changes are left.
  default List<FieldError> validateUpdate(ObjectNode updated, ObjectNode current) {
    return List.of();
  }

  /// Undoes the changes that a write to its `status` may not make.
  default void prepareStatusUpdate(ObjectNode updated, ObjectNode current) {
    Json.copy(current, updated, "spec");
  }

  /// Whether it may be written without naming the version that the writer has seen.
  default boolean allowsUnconditionalUpdate() {
    return true;
  }

  /// Whether its `metadata.generation` counts the changes of its `spec`.
  default boolean countsGenerations() {
    return false;
  }

  /// Whether the answer to its deletion is the object itself.
  default boolean returnsDeleted() {
    return false;
  }
}
