package io.multijob.servo.watch;

import io.multijob.servo.pod.ContainerKind;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.PodConditions;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.PodPhase;
import io.multijob.servo.pod.PodStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads `status`.
///
/// Not thread-safe. Holds what it read until it is cleared for the next pod.
final class StatusReader {
  private final JsonValues values;
  private final AppIdSearch search;
  private final ContainerStatusReader containerReader;
  private final List<ContainerStatus> initContainers = new ArrayList<>();
  private final List<ContainerStatus> containers = new ArrayList<>();

  private PodPhase phase = PodPhase.UNKNOWN;
  private String reason = "";
  private String message = "";
  private String disruption = "";
  private String unschedulable = "";

  StatusReader(JsonValues values, AppIdSearch search) {
    this.values = values;
    this.search = search;
    this.containerReader = new ContainerStatusReader(values);
  }

  void clear() {
    initContainers.clear();
    containers.clear();
    phase = PodPhase.UNKNOWN;
    reason = "";
    message = "";
    disruption = "";
    unschedulable = "";
  }

  void read(JsonParser parser, PathTree here, Map<PodMoment, Instant> moments) {
    JsonParser p = search.enter(parser, here);
    if (!values.entersObject(p)) {
      return;
    }
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      JsonParser value = search.enterWhole(p, here.at(field));
      switch (field) {
        case "phase" -> phase = PodPhase.of(values.word(value));
        case "reason" -> reason = values.word(value);
        case "message" -> message = values.text(value);
        case "conditions" -> readConditions(value, moments);
        case "initContainerStatuses" ->
            containerReader.readAll(value, ContainerKind.INIT, initContainers);
        case "containerStatuses" ->
            containerReader.readAll(value, ContainerKind.REGULAR, containers);
        default -> value.skipChildren();
      }
    }
  }

  PodStatus status() {
    List<ContainerStatus> all = new ArrayList<>(initContainers.size() + containers.size());
    all.addAll(initContainers);
    all.addAll(containers);
    PodConditions conditions =
        disruption.isEmpty() && unschedulable.isEmpty()
            ? PodConditions.NONE
            : new PodConditions(disruption, unschedulable);
    return new PodStatus(phase, reason, message, conditions, all);
  }

  private void readConditions(JsonParser p, Map<PodMoment, Instant> moments) {
    if (!values.entersArray(p)) {
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (values.entersObject(p)) {
        readCondition(p, moments);
      }
    }
  }

  private void readCondition(JsonParser p, Map<PodMoment, Instant> moments) {
    String type = "";
    String truth = "";
    String why = "";
    String text = "";
    Optional<Instant> since = Optional.empty();
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      switch (field) {
        case "type" -> type = values.word(p);
        case "status" -> truth = values.word(p);
        case "reason" -> why = values.word(p);
        case "message" -> text = values.word(p);
        case "lastTransitionTime" -> since = values.time(p);
        default -> p.skipChildren();
      }
    }
    boolean holds = truth.equals("True");
    switch (type) {
      case "PodScheduled" -> {
        if (holds) {
          since.ifPresent(at -> moments.put(PodMoment.SCHEDULED, at));
        } else if (why.equals("Unschedulable")) {
          unschedulable = text.isEmpty() ? why : text;
        }
      }
      case "Initialized" -> {
        if (holds) {
          since.ifPresent(at -> moments.put(PodMoment.INITIALIZED, at));
        }
      }
      case "DisruptionTarget" -> disruption = holds ? why : "";
      default -> {}
    }
  }
}
