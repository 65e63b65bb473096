package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.object.Timestamps;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// How long an object lives on after its deletion was asked for. Only a pod that runs does: until
/// its kubelet deletes it again, with a grace period of 0.
final class GracePeriod {
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private GracePeriod() {}

  /// Marks `object` as being deleted, or shortens the period it has left. A longer one changes
  /// nothing.
  static void mark(Resource resource, ObjectNode object, OptionalLong asked, Instant now) {
    Meta meta = Meta.of(object);
    if (!meta.isDeleting()) {
      set(meta, now, resource == Resource.PODS ? ofPod(object, asked) : 0);
      meta.nextGeneration();
    } else if (asked.isPresent() && asked.getAsLong() < meta.deletionGracePeriodSeconds()) {
      set(meta, askedAt(meta, now), Math.max(0, asked.getAsLong()));
    }
  }

  private static long ofPod(ObjectNode pod, OptionalLong asked) {
    if (Json.text(pod, "spec", "nodeName").isEmpty()
        || ENDED.contains(Json.text(pod, "status", "phase"))) {
      return 0;
    }
    long period = asked.orElse(Json.number(pod, 0, "spec", "terminationGracePeriodSeconds"));
    return period < 0 ? 1 : period;
  }

  private static void set(Meta meta, Instant from, long seconds) {
    meta.document()
        .put("deletionTimestamp", Timestamps.format(from.plusSeconds(seconds)))
        .put("deletionGracePeriodSeconds", seconds);
  }

  private static Instant askedAt(Meta meta, Instant now) {
    return Timestamps.read(meta.document().path("deletionTimestamp"))
        .map(end -> end.minusSeconds(meta.deletionGracePeriodSeconds()))
        .orElse(now);
  }
}
