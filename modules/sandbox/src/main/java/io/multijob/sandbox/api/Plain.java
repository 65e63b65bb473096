package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import tools.jackson.databind.node.ObjectNode;

/// Objects as they are: their stored bytes, never decoded.
final class Plain implements Representation {

  @Override
  public byte[] object(Resource resource, Stored object) {
    return object.json();
  }

  @Override
  public void list(OutputStream out, Resource resource, ListPage page) throws IOException {
    String head =
        "{\"kind\":\"%sList\",\"apiVersion\":\"%s\",\"metadata\":"
            .formatted(resource.kind(), resource.apiVersion());
    out.write(head.getBytes(UTF_8));
    out.write(Json.write(page.meta()));
    out.write(",\"items\":[".getBytes(UTF_8));
    boolean first = true;
    for (Stored object : page.objects()) {
      if (!first) {
        out.write(',');
      }
      first = false;
      int offset = object.untypedOffset(resource);
      out.write('{');
      out.write(object.json(), offset, object.json().length - offset);
    }
    out.write("]}".getBytes(UTF_8));
  }

  @Override
  public byte[] event(Resource resource, Stored object, Place place) {
    return object.json();
  }

  @Override
  public ObjectNode bookmark(Resource resource) {
    ObjectNode object =
        Json.object().put("kind", resource.kind()).put("apiVersion", resource.apiVersion());
    if (resource == Resource.PODS) {
      // An empty pod as Go encodes it: clients have to bear with the null.
      object.putObject("spec").putNull("containers");
      object.putObject("status");
    }
    return object;
  }
}
