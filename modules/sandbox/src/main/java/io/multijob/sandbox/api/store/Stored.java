package io.multijob.sandbox.api.store;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.select.SelectableField;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// One version of an object: its bytes, encoded once, and what is asked of it without reading them.
///
/// @param revision the store's at the write; the object's `resourceVersion`
/// @param json the whole document; `kind` and `apiVersion` come first. Nobody changes it
@SuppressWarnings("ArrayRecordComponent") // the bytes are shared by all readers, compared by none
public record Stored(Key key, String uid, long revision, byte[] json, Traits traits) {

  /// What objects are selected by.
  ///
  /// @param fields the values of the resource's selectable fields, in their order
  /// @param owners the uids of its owners
  /// @param initialized whether it waits for no initializer
  public record Traits(
      Map<String, String> labels, List<String> fields, List<String> owners, boolean initialized) {
    public Traits {
      labels = Map.copyOf(labels);
      fields = List.copyOf(fields);
      owners = List.copyOf(owners);
    }
  }

  /// Encodes `object` as the version that it has at `revision`.
  public static Stored encode(Resource resource, ObjectNode object, long revision) {
    Meta meta = Meta.of(object);
    meta.document().put("resourceVersion", Long.toString(revision));
    putTypeFirst(resource, object);
    Traits traits =
        new Traits(
            meta.labels(),
            SelectableField.valuesIn(resource, object),
            meta.owners().stream().map(Meta.Owner::uid).toList(),
            meta.isInitialized());
    return new Stored(meta.key(), meta.uid(), revision, Json.write(object), traits);
  }

  /// A copy to read and change.
  public ObjectNode toJson() {
    return Json.readObject(json);
  }

  /// The document without `kind` and `apiVersion`, as the items of a list are.
  ///
  /// @return where in `json` it goes on after an opening brace
  public int untypedOffset(Resource resource) {
    return typePrefix(resource).length();
  }

  /// The same state under another revision.
  public Stored at(Resource resource, long otherRevision) {
    return encode(resource, toJson(), otherRevision);
  }

  private static void putTypeFirst(Resource resource, ObjectNode object) {
    Iterator<String> names = object.propertyNames().iterator();
    if (names.hasNext() && names.next().equals("kind") && names.next().equals("apiVersion")) {
      return;
    }
    ObjectNode rest = object.deepCopy();
    object.removeAll();
    object.put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
    rest.remove(List.of("kind", "apiVersion"));
    object.setAll(rest);
  }

  private static String typePrefix(Resource resource) {
    return "{\"kind\":\"%s\",\"apiVersion\":\"%s\","
        .formatted(resource.kind(), resource.apiVersion());
  }
}
