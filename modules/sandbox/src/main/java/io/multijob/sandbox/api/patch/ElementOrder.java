package io.multijob.sandbox.api.patch;

import io.multijob.sandbox.api.schema.Merge;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// The order of a merged list: elements of the patch in the patch's order, the others in the order
/// they had, and between the two kinds the order they had as far as that is possible.
///
/// @param merge how elements are told apart
/// @param before the elements' keys before the patch
record ElementOrder(Merge merge, List<JsonNode> before) {

  ElementOrder {
    before = List.copyOf(before);
  }

  static ElementOrder of(Merge merge, ArrayNode list) {
    return new ElementOrder(merge, keys(merge, list));
  }

  /// Sorts `list` in place.
  ///
  /// @param patch elements, or no more than their keys, in the order that they shall have
  void apply(ArrayNode list, JsonNode patch) {
    List<JsonNode> wanted = keys(merge, patch);
    List<JsonNode> patched = new ArrayList<>();
    List<JsonNode> others = new ArrayList<>();
    for (JsonNode element : list) {
      (wanted.contains(key(merge, element)) ? patched : others).add(element);
    }
    patched.sort(Comparator.comparingInt(element -> wanted.indexOf(key(merge, element))));
    list.removeAll();
    list.addAll(merged(others, patched));
  }

  /// Takes from both, the others only where they were before what comes next of the patched.
  private List<JsonNode> merged(List<JsonNode> others, List<JsonNode> patched) {
    List<JsonNode> merged = new ArrayList<>();
    int next = 0;
    for (JsonNode element : patched) {
      int place = before.indexOf(key(merge, element));
      while (next < others.size() && before.indexOf(key(merge, others.get(next))) < place) {
        merged.add(others.get(next));
        next++;
      }
      merged.add(element);
    }
    merged.addAll(others.subList(next, others.size()));
    return merged;
  }

  private static List<JsonNode> keys(Merge merge, JsonNode list) {
    List<JsonNode> keys = new ArrayList<>();
    list.forEach(element -> keys.add(key(merge, element)));
    return keys;
  }

  private static JsonNode key(Merge merge, JsonNode element) {
    return merge instanceof Merge.ByKey byKey ? element.path(byKey.key()) : element;
  }
}
