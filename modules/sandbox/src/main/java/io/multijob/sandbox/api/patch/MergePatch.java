package io.multijob.sandbox.api.patch;

import io.multijob.sandbox.api.object.Json;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Merge Patch.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc7386">RFC 7386</a>
public final class MergePatch {
  private MergePatch() {}

  /// Changes `target` in place: null removes, objects are merged, all else is replaced.
  public static void apply(ObjectNode target, ObjectNode patch) {
    for (Map.Entry<String, JsonNode> change : patch.properties()) {
      JsonNode value = change.getValue();
      if (value.isNull()) {
        target.remove(change.getKey());
      } else if (value instanceof ObjectNode part) {
        apply(Json.child(target, change.getKey()), part);
      } else {
        target.set(change.getKey(), value.deepCopy());
      }
    }
  }
}
