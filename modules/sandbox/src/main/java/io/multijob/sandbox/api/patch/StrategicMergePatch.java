package io.multijob.sandbox.api.patch;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.schema.Merge;
import io.multijob.sandbox.api.schema.Type;
import io.multijob.sandbox.api.schema.Type.Array;
import io.multijob.sandbox.api.schema.Type.Dictionary;
import io.multijob.sandbox.api.schema.Type.Scalar;
import io.multijob.sandbox.api.schema.Type.Struct;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Kubernetes' own merge patch, which knows how the lists of each type are merged.
///
/// Understands `$patch: replace|delete|merge`, `$deleteFromPrimitiveList/…`, `$setElementOrder/…`
/// and `$retainKeys`.
///
/// @see <a
///   href="https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md">
///   Strategic merge patch</a>
public final class StrategicMergePatch {
  private static final String DIRECTIVE = "$patch";
  private static final String RETAIN_KEYS = "$retainKeys";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String ELEMENT_ORDER = "$setElementOrder/";

  private StrategicMergePatch() {}

  /// Changes `target`, an object of type `type`, in place.
  ///
  /// @throws ApiError for a patch that the real server refuses
  public static void apply(ObjectNode target, ObjectNode patch, Type type) {
    switch (directive(patch)) {
      case "" -> merge(target, patch, type);
      case "merge" -> merge(target, patch, type);
      case "replace" -> {
        target.removeAll();
        merge(target, patch, type);
      }
      case "delete" -> target.removeAll();
      default ->
          throw ApiError.internal("Unknown patch type: " + directive(patch) + " in map: " + patch);
    }
  }

  private static void merge(ObjectNode target, ObjectNode patch, Type type) {
    if (patch.path(RETAIN_KEYS) instanceof ArrayNode retained) {
      retainKeys(target, retained);
    }
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      String name = change.getKey();
      if (name.startsWith(DELETE_FROM)) {
        deleteValues(target, name.substring(DELETE_FROM.length()), change.getValue());
      } else if (!isDirective(name)) {
        set(target, name, change.getValue(), fieldType(type, name));
      }
    }
    for (String name : List.copyOf(patch.propertyNames())) {
      if (name.startsWith(ELEMENT_ORDER)) {
        String list = name.substring(ELEMENT_ORDER.length());
        sort(target, list, patch.path(name), fieldType(type, list));
      }
    }
  }

  /// Puts a list of which not all elements were in the patch into the order that the patch gives.
  private static void sort(ObjectNode target, String name, JsonNode order, Type type) {
    if (target.path(name) instanceof ArrayNode list && type instanceof Array array) {
      ElementOrder.of(array.merge(), list).apply(list, order);
    }
  }

  private static void set(ObjectNode target, String name, JsonNode value, Type type) {
    if (value.isNull()) {
      target.remove(name);
    } else if (value instanceof ObjectNode part) {
      mergeObject(target, name, part, type);
    } else if (value instanceof ArrayNode part && type instanceof Array array) {
      mergeList(target, name, part, array);
    } else {
      target.set(name, value.deepCopy());
    }
  }

  private static void mergeObject(ObjectNode target, String name, ObjectNode part, Type type) {
    if (directive(part).equals("delete")) {
      target.remove(name);
      return;
    }
    apply(Json.child(target, name), part, type);
  }

  private static void mergeList(ObjectNode target, String name, ArrayNode part, Array type) {
    switch (type.merge()) {
      case Merge.Replace() -> target.set(name, part.deepCopy());
      case Merge.Union() -> {
        ArrayNode list = Json.list(target, name);
        ElementOrder order = ElementOrder.of(type.merge(), list);
        addValues(list, part);
        order.apply(list, part);
      }
      case Merge.ByKey(String key) -> {
        ArrayNode list = Json.list(target, name);
        if (hasListDirective(part, "replace")) {
          list.removeAll();
        }
        ElementOrder order = ElementOrder.of(type.merge(), list);
        mergeByKey(list, part, key, type.element());
        order.apply(list, part);
      }
    }
  }

  private static void mergeByKey(ArrayNode target, ArrayNode part, String key, Type element) {
    for (JsonNode each : part) {
      if (!(each instanceof ObjectNode change)) {
        throw ApiError.internal("expected an object in the list, found " + each);
      }
      if (!change.has(key)) {
        if (change.has(DIRECTIVE)) {
          continue; // it is about the whole list
        }
        throw ApiError.internal("map: " + change + " does not contain declared merge key: " + key);
      }
      Optional<Integer> place = placeOf(target, key, change.path(key));
      if (directive(change).equals("delete")) {
        place.ifPresent(target::remove);
      } else if (place.isPresent()) {
        apply((ObjectNode) target.get(place.get()), change, element);
      } else {
        apply(target.addObject(), change, element);
      }
    }
  }

  private static Optional<Integer> placeOf(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  private static void addValues(ArrayNode target, ArrayNode values) {
    for (JsonNode value : values) {
      if (!contains(target, value)) {
        target.add(value.deepCopy());
      }
    }
  }

  private static void deleteValues(ObjectNode target, String name, JsonNode values) {
    if (target.path(name) instanceof ArrayNode list) {
      removeIf(list.iterator(), values);
    }
  }

  private static void removeIf(Iterator<JsonNode> elements, JsonNode values) {
    while (elements.hasNext()) {
      if (contains(values, elements.next())) {
        elements.remove();
      }
    }
  }

  private static void retainKeys(ObjectNode target, ArrayNode retained) {
    Iterator<Map.Entry<String, JsonNode>> entries = target.properties().iterator();
    while (entries.hasNext()) {
      String name = entries.next().getKey();
      boolean kept = false;
      for (JsonNode key : retained) {
        kept |= key.asString("").equals(name);
      }
      if (!kept) {
        entries.remove();
      }
    }
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (JsonNode each : list) {
      if (each.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasListDirective(ArrayNode list, String directive) {
    for (JsonNode each : list) {
      if (each.size() == 1 && directive(each).equals(directive)) {
        return true;
      }
    }
    return false;
  }

  private static String directive(JsonNode object) {
    return Json.text(object, DIRECTIVE);
  }

  private static boolean isDirective(String name) {
    return name.equals(DIRECTIVE) || name.equals(RETAIN_KEYS) || name.startsWith(ELEMENT_ORDER);
  }

  private static Type fieldType(Type type, String name) {
    return switch (type) {
      case Struct struct -> struct.fields().getOrDefault(name, Scalar.ANYTHING);
      case Dictionary dictionary -> dictionary.value();
      case Array array -> array.element();
      case Scalar scalar -> scalar;
    };
  }
}
