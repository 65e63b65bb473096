package io.multijob.servo.watch;

import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.StableOwner;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads `metadata`.
///
/// Not thread-safe. Holds what it read until it is cleared for the next pod.
final class MetadataReader {
  private static final String DONE_AT = "done-at";

  private final JsonValues values;
  private final AppIdSearch search;
  private final Map<String, String> markers = new HashMap<>();
  private final Pool<Owner> owners = new Pool<>();

  private String uid = "";
  private String namespace = "";
  private String name = "";
  private String version = "";
  private String doneAt = "";
  private Owner controller = Owner.NONE;
  private String reported = "";
  private boolean held;
  private boolean leaving;
  private boolean adjusted;
  private boolean spokenOf;
  private int graceSeconds;

  MetadataReader(JsonValues values, AppIdSearch search) {
    this.values = values;
    this.search = search;
  }

  void clear() {
    markers.clear();
    uid = "";
    namespace = "";
    name = "";
    version = "";
    doneAt = "";
    controller = Owner.NONE;
    reported = "";
    held = false;
    leaving = false;
    adjusted = false;
    spokenOf = false;
    graceSeconds = 0;
  }

  void read(JsonParser parser, PathTree here, Map<PodMoment, Instant> moments) {
    JsonParser p = search.enter(parser, here);
    if (!values.entersObject(p)) {
      return;
    }
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      PathTree there = here.at(field);
      switch (field) {
        case "uid" -> uid = values.text(search.enter(p, there));
        case "namespace" -> namespace = values.word(search.enter(p, there));
        case "name" -> name = values.text(search.enter(p, there));
        case "resourceVersion" -> version = values.text(search.enter(p, there));
        case "creationTimestamp" ->
            values.time(search.enter(p, there)).ifPresent(at -> moments.put(PodMoment.CREATED, at));
        case "deletionTimestamp" ->
            values
                .time(search.enter(p, there))
                .ifPresent(at -> moments.put(PodMoment.DELETION_ASKED, at));
        case "deletionGracePeriodSeconds" -> graceSeconds = values.number(search.enter(p, there));
        case "finalizers" -> readFinalizers(search.enterWhole(p, there));
        case "ownerReferences" -> readOwners(search.enterWhole(p, there));
        case "labels", "annotations" -> readTexts(search.enter(p, there), there);
        default -> search.pass(p, there);
      }
    }
    leaving = graceSeconds == 0 && moments.containsKey(PodMoment.DELETION_ASKED);
    moments.computeIfPresent(
        PodMoment.DELETION_ASKED, (moment, at) -> at.minusSeconds(graceSeconds));
  }

  String uid() {
    return uid;
  }

  String namespace() {
    return namespace;
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  String doneAt() {
    return doneAt;
  }

  PodMarks marks() {
    boolean ours = !reported.isEmpty() && reported.equals(uid);
    return ours || held || leaving || adjusted || spokenOf
        ? new PodMarks(ours, held, leaving, adjusted, spokenOf)
        : PodMarks.NONE;
  }

  Owner owner() {
    return owners.get(StableOwner.of(controller, markers));
  }

  private void readTexts(JsonParser p, PathTree here) {
    if (!values.entersObject(p)) {
      return;
    }
    for (String key = p.nextName(); key != null; key = p.nextName()) {
      p.nextToken();
      PathTree there = here.at(key);
      if (StableOwner.isMarker(key)) {
        markers.put(key, values.word(search.enter(p, there)));
      } else if (key.equals(DONE_AT)) {
        doneAt = values.text(search.enter(p, there));
      } else if (key.equals(PodMarks.REPORTED)) {
        reported = values.text(search.enter(p, there));
      } else if (key.equals(PodMarks.ADJUSTMENT)) {
        adjusted = values.hasText(search.enter(p, there));
      } else if (key.equals(PodMarks.CONVERSATION)) {
        spokenOf = values.hasText(search.enter(p, there));
      } else {
        search.pass(p, there);
      }
    }
  }

  private void readFinalizers(JsonParser p) {
    if (values.entersArray(p)) {
      while (p.nextToken() != JsonToken.END_ARRAY) {
        held |= values.word(p).equals(PodMarks.FINALIZER);
      }
    }
  }

  private void readOwners(JsonParser p) {
    boolean controlled = false;
    if (!values.entersArray(p)) {
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      String kind = "";
      String owner = "";
      boolean controls = false;
      if (!values.entersObject(p)) {
        continue;
      }
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        switch (field) {
          case "kind" -> kind = values.word(p);
          case "name" -> owner = values.word(p);
          case "controller" -> controls = values.truth(p);
          default -> p.skipChildren();
        }
      }
      if (!controlled && (controls || !controller.known())) {
        controller = new Owner(kind, owner);
        controlled = controls;
      }
    }
  }
}
