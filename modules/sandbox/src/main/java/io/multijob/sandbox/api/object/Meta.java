package io.multijob.sandbox.api.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The `metadata` of an object, read and written in place.
///
/// @param document the `metadata` itself
public record Meta(ObjectNode document) {

  /// A reference to the object that this one belongs to.
  ///
  /// @param blocks whether the owner's foreground deletion waits for this one
  public record Owner(String apiVersion, String kind, String name, String uid, boolean blocks) {}

  public static Meta of(ObjectNode object) {
    return new Meta(Json.child(object, "metadata"));
  }

  public String name() {
    return text("name");
  }

  public String namespace() {
    return text("namespace");
  }

  public String uid() {
    return text("uid");
  }

  public String resourceVersion() {
    return text("resourceVersion");
  }

  public Key key() {
    return new Key(namespace(), name());
  }

  /// Whether its deletion was asked for.
  public boolean isDeleting() {
    return document.has("deletionTimestamp");
  }

  /// Whether it waits for no initializer.
  public boolean isInitialized() {
    return !document.has("initializers");
  }

  /// Whether an initializer has refused it.
  public boolean isRefused() {
    return document.path("initializers").has("result");
  }

  /// Takes away a list of initializers on which there is none: who waits for nobody is initialized.
  public void settleInitializers() {
    if (document.path("initializers").path("pending").isEmpty() && !isRefused()) {
      document.remove("initializers");
    }
  }

  public long deletionGracePeriodSeconds() {
    return document.path("deletionGracePeriodSeconds").asLong(0);
  }

  public List<String> finalizers() {
    List<String> finalizers = new ArrayList<>();
    for (JsonNode finalizer : document.path("finalizers")) {
      finalizers.add(finalizer.asString());
    }
    return finalizers;
  }

  public void addFinalizer(String finalizer) {
    if (!finalizers().contains(finalizer)) {
      Json.list(document, "finalizers").add(finalizer);
    }
  }

  public void removeFinalizer(String finalizer) {
    List<String> left = finalizers();
    if (left.remove(finalizer)) {
      document.remove("finalizers");
      left.forEach(Json.list(document, "finalizers")::add);
      if (left.isEmpty()) {
        document.remove("finalizers");
      }
    }
  }

  public Map<String, String> labels() {
    Map<String, String> labels = new HashMap<>();
    for (Map.Entry<String, JsonNode> label : document.path("labels").properties()) {
      labels.put(label.getKey(), label.getValue().asString());
    }
    return labels;
  }

  public List<Owner> owners() {
    List<Owner> owners = new ArrayList<>();
    for (JsonNode owner : document.path("ownerReferences")) {
      owners.add(
          new Owner(
              Json.text(owner, "apiVersion"),
              Json.text(owner, "kind"),
              Json.text(owner, "name"),
              Json.text(owner, "uid"),
              owner.path("blockOwnerDeletion").asBoolean(false)));
    }
    return owners;
  }

  public void removeOwner(String uid) {
    if (document.path("ownerReferences") instanceof ArrayNode owners) {
      for (int i = owners.size() - 1; i >= 0; i--) {
        if (Json.text(owners.get(i), "uid").equals(uid)) {
          owners.remove(i);
        }
      }
      if (owners.isEmpty()) {
        document.remove("ownerReferences");
      }
    }
  }

  /// One more generation, where the object counts them.
  public void nextGeneration() {
    if (document.has("generation")) {
      document.put("generation", document.path("generation").asLong() + 1);
    }
  }

  private String text(String field) {
    return document.path(field).asString("");
  }
}
