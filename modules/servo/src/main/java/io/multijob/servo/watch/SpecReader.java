package io.multijob.servo.watch;

import io.multijob.servo.pod.AppId;
import io.multijob.servo.pod.PodApp;
import io.multijob.servo.pod.PodApp.Workload;
import io.multijob.servo.pod.RestartPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads `spec`.
///
/// Not thread-safe. Holds what it read until it is cleared for the next pod.
final class SpecReader {
  private static final Workload NO_CONTAINER = new Workload("", "{}", RestartPolicy.NEVER);

  private final JsonValues values;
  private final AppIdSearch search;
  private final List<Workload> containers = new ArrayList<>();
  private final Pool<Workload> workloads = new Pool<>();
  private final Pool<PodApp> apps = new Pool<>();

  private String node = "";
  private RestartPolicy restarts = RestartPolicy.AGAIN;

  SpecReader(JsonValues values, AppIdSearch search) {
    this.values = values;
    this.search = search;
  }

  void clear() {
    containers.clear();
    node = "";
    restarts = RestartPolicy.AGAIN;
  }

  void read(JsonParser parser, PathTree here) {
    JsonParser p = search.enter(parser, here);
    if (!values.entersObject(p)) {
      return;
    }
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      PathTree there = here.at(field);
      switch (field) {
        case "nodeName" -> node = values.word(search.enter(p, there));
        case "restartPolicy" -> restarts = RestartPolicy.of(values.word(search.enter(p, there)));
        case "containers" -> readContainers(search.enter(p, there), there);
        default -> search.pass(p, there);
      }
    }
  }

  String node() {
    return node;
  }

  /// Whose run the pod is, with the workload that the way to the app id chose.
  PodApp app(Optional<AppId> found, String doneAt) {
    int index = found.map(AppId::container).orElse(0);
    Workload workload = index < containers.size() ? containers.get(index) : NO_CONTAINER;
    return apps.get(new PodApp(found.map(AppId::value).orElse(""), workload, doneAt, restarts));
  }

  private void readContainers(JsonParser p, PathTree here) {
    if (!values.entersArray(p)) {
      return;
    }
    for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
      containers.add(readContainer(search.enter(p, here.at(i)), here.at(i)));
    }
  }

  private Workload readContainer(JsonParser p, PathTree here) {
    if (!values.entersObject(p)) {
      return NO_CONTAINER;
    }
    String name = "";
    String resources = "{}";
    RestartPolicy again = RestartPolicy.NEVER;
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      PathTree there = here.at(field);
      switch (field) {
        case "name" -> name = values.word(search.enter(p, there));
        case "resources" -> resources = values.compact(search.enterWhole(p, there));
        case "restartPolicy" -> again = RestartPolicy.of(values.word(search.enter(p, there)));
        default -> search.pass(p, there);
      }
    }
    return workloads.get(new Workload(name, resources, again));
  }
}
