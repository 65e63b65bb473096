package io.multijob.servo.watch;

import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodIdentity;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.PodTimes;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.core.JsonParser;

/// Decodes pods straight from the stream into [Pod] projections, in one pass and whatever the order
/// of the fields.
///
/// Not thread-safe: one for each stream.
final class ObjectReader implements PodForm<Pod> {
  private final JsonValues values = new JsonValues();
  private final AppIdSearch search;
  private final MetadataReader metadata;
  private final SpecReader spec;
  private final StatusReader status;
  private final Map<PodMoment, Instant> moments = new EnumMap<>(PodMoment.class);

  ObjectReader(AppIdPath path) {
    search = new AppIdSearch(path);
    metadata = new MetadataReader(values, search);
    spec = new SpecReader(values, search);
    status = new StatusReader(values, search);
  }

  @Override
  public JsonValues values() {
    return values;
  }

  @Override
  public ApiObject<Pod> read(JsonParser parser) {
    clear();
    PathTree root = search.begin();
    JsonParser p = search.enter(parser, root);
    int code = 0;
    String reason = "";
    String message = "";
    if (values.entersObject(p)) {
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        switch (field) {
          case "metadata" -> metadata.read(p, root.at(field), moments);
          case "spec" -> spec.read(p, root.at(field));
          case "status" -> status.read(p, root.at(field), moments);
          case "code" -> code = values.number(p);
          case "reason" -> reason = values.text(p);
          case "message" -> message = values.text(p);
          default -> search.pass(p, root.at(field));
        }
      }
    }
    return new ApiObject<>(pod(), metadata.version(), new Failure(code, reason, message));
  }

  private Pod pod() {
    Owner owner = metadata.owner();
    PodIdentity identity =
        new PodIdentity(metadata.uid(), metadata.namespace(), metadata.name(), spec.node(), owner);
    return new Pod(
        identity,
        spec.app(search.found(owner), metadata.doneAt()),
        new PodTimes(moments),
        status.status(),
        metadata.marks());
  }

  private void clear() {
    metadata.clear();
    spec.clear();
    status.clear();
    moments.clear();
  }
}
