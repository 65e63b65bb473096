package io.multijob.sandbox.api;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// The form in which a client wants to see objects.
interface Representation {

  /// One object, as the answer to a request for it.
  byte[] object(Resource resource, Stored object);

  /// Writes a whole list.
  void list(OutputStream out, Resource resource, ListPage page) throws IOException;

  /// One object, as a watch event tells of it.
  ///
  /// @param place whether it is the first on its stream
  byte[] event(Resource resource, Stored object, Place place);

  /// What a bookmark carries beside its metadata.
  ObjectNode bookmark(Resource resource);

  /// Where in a stream of events an event stands.
  enum Place {
    FIRST,
    LATER
  }

  /// Some or all objects of a list.
  ///
  /// @param revision that they are of
  /// @param token where the list goes on; empty at its end
  /// @param remaining how many objects are left; 0 at the end, or when that is not counted
  record ListPage(List<Stored> objects, long revision, String token, long remaining) {
    public ListPage {
      objects = List.copyOf(objects);
    }

    /// Its `metadata`.
    ObjectNode meta() {
      ObjectNode meta = Json.object();
      meta.put("resourceVersion", Long.toString(revision));
      if (!token.isEmpty()) {
        meta.put("continue", token);
      }
      if (remaining > 0) {
        meta.put("remainingItemCount", remaining);
      }
      return meta;
    }
  }
}
