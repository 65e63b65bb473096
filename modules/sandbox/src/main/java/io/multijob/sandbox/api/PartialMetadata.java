package io.multijob.sandbox.api;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects without anything but their metadata.
final class PartialMetadata implements Representation {
  private static final String API_VERSION = "meta.k8s.io/v1";

  static ObjectNode of(ObjectNode object) {
    ObjectNode partial = typed("PartialObjectMetadata");
    partial.set("metadata", object.path("metadata"));
    return partial;
  }

  @Override
  public byte[] object(Resource resource, Stored object) {
    return Json.write(of(object.toJson()));
  }

  @Override
  public void list(OutputStream out, Resource resource, ListPage page) throws IOException {
    ObjectNode list = typed("PartialObjectMetadataList");
    list.set("metadata", page.meta());
    ArrayNode items = list.putArray("items");
    page.objects().forEach(object -> items.add(of(object.toJson())));
    out.write(Json.write(list));
  }

  @Override
  public byte[] event(Resource resource, Stored object, Place place) {
    return object(resource, object);
  }

  @Override
  public ObjectNode bookmark(Resource resource) {
    return typed("PartialObjectMetadata");
  }

  private static ObjectNode typed(String kind) {
    return Json.object().put("kind", kind).put("apiVersion", API_VERSION);
  }
}
