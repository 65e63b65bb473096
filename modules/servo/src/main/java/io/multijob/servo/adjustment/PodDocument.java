package io.multijob.servo.adjustment;

import io.multijob.servo.pod.Pod;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The [Item]s and the annotations of a pod's document, which is changed in place.
///
/// Not thread-safe, as the document is not.
record PodDocument(ObjectNode pod) {

  /// The value of an item as the document has it; none if it has none, or if it is a variable whose
  /// value is not written out.
  Optional<String> read(Item item) {
    Optional<ObjectNode> container = container(item.container());
    return switch (item.knob()) {
      case Item.Limit(ResourceName resource) ->
          container.flatMap(found -> amount(found, "limits", resource));
      case Item.Request(ResourceName resource) ->
          container.flatMap(found -> amount(found, "requests", resource));
      case Item.Variable(String name) ->
          container.flatMap(found -> variable(found, name)).flatMap(Variables::literal);
    };
  }

  /// True when the item can be set: the container is there and, of a variable, a plain number that
  /// is written out.
  boolean takes(Item item) {
    return switch (item.knob()) {
      case Item.Limit _, Item.Request _ -> container(item.container()).isPresent();
      case Item.Variable _ -> read(item).flatMap(Variables::number).isPresent();
    };
  }

  /// True when the item's value is `text`, or the same amount in other words.
  boolean has(Item item, String text) {
    Optional<String> found = read(item);
    if (item.knob() instanceof Item.Variable || found.isEmpty() || text.isEmpty()) {
      return found.orElse("").equals(text);
    }
    try {
      return Quantity.parse(found.get()).equals(Quantity.parse(text));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /// Sets an item that the document takes; empty text takes an amount away.
  void write(Item item, String text) {
    if (has(item, text)) {
      return;
    }
    container(item.container())
        .ifPresent(container -> {
          switch (item.knob()) {
            case Item.Limit(ResourceName resource) -> write(container, "limits", resource, text);
            case Item.Request(ResourceName resource) ->
                write(container, "requests", resource, text);
            case Item.Variable(String name) ->
                variable(container, name).ifPresent(found -> found.put("value", text));
          }
        });
  }

  /// The annotation of that name; empty if there is none.
  String annotation(String name) {
    return pod.path("metadata").path("annotations").path(name).asString("");
  }

  /// Sets an annotation; empty text takes it away.
  void annotate(String name, String text) {
    if (!text.isEmpty()) {
      member(member(pod, "metadata"), "annotations").put(name, text);
    } else if (pod.path("metadata").path("annotations") instanceof ObjectNode annotations
        && annotations.has(name)) {
      annotations.remove(name);
      if (annotations.isEmpty()) {
        member(pod, "metadata").remove("annotations");
      }
    }
  }

  /// A regular container that is the author's.
  private Optional<ObjectNode> container(String name) {
    for (JsonNode container : pod.path("spec").path("containers")) {
      if (container instanceof ObjectNode found
          && !name.equals(Pod.MONITOR)
          && found.path("name").asString("").equals(name)) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> amount(ObjectNode container, String list, ResourceName resource) {
    JsonNode amount = container.path("resources").path(list).path(resource.wire());
    return amount.isString() || amount.isNumber()
        ? Optional.of(amount.asString())
        : Optional.empty();
  }

  private static void write(ObjectNode container, String list, ResourceName resource, String text) {
    if (!text.isEmpty()) {
      member(member(container, "resources"), list).put(resource.wire(), text);
    } else if (container.path("resources").path(list) instanceof ObjectNode amounts) {
      amounts.remove(resource.wire());
      if (amounts.isEmpty()) {
        member(container, "resources").remove(list);
      }
    }
  }

  /// The last entry of that name, which is the one that counts for the kubelet.
  private static Optional<ObjectNode> variable(ObjectNode container, String name) {
    Optional<ObjectNode> last = Optional.empty();
    for (JsonNode variable : container.path("env")) {
      if (variable instanceof ObjectNode found && found.path("name").asString("").equals(name)) {
        last = Optional.of(found);
      }
    }
    return last;
  }

  private static ObjectNode member(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode member ? member : parent.putObject(name);
  }
}
