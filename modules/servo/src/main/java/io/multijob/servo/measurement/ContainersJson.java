package io.multijob.servo.measurement;

import io.multijob.protocol.ContainerFigures;
import io.multijob.protocol.Figures;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.Pod;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Each container's own figures as compact JSON:
/// `[{"name":"main","state":"ended","exitcode":0,"cpu_time":1.5,"max_memory":1048576,...}]`, in
/// seconds and bytes. Containers that still run when the run is reported are listed as `running`.
final class ContainersJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int NANO_DIGITS = 9;

  private ContainersJson() {}

  /// Empty when there is nothing to say that the metrics do not say: no figures of containers, and
  /// none beside the workload.
  static String of(Pod pod, RunStats stats) {
    Map<String, Figures> figures = figuresById(stats);
    List<ContainerStatus> containers =
        pod.status().containers().stream()
            .filter(container -> !container.name().equals(Pod.MONITOR))
            .toList();
    if (containers.isEmpty() || (figures.isEmpty() && containers.size() == 1)) {
      return "";
    }
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartArray();
      for (ContainerStatus container : containers) {
        write(json, container, Optional.ofNullable(figures.get(container.bareId())));
      }
      json.writeEndArray();
    }
    return text.toString();
  }

  private static void write(
      JsonGenerator json, ContainerStatus container, Optional<Figures> figures) {
    json.writeStartObject();
    json.writeStringProperty("name", container.name());
    switch (container.state()) {
      case ContainerState.Waiting waiting -> json.writeStringProperty("state", "waiting");
      case ContainerState.Running running -> json.writeStringProperty("state", "running");
      case ContainerState.Terminated ended -> {
        json.writeStringProperty("state", "ended");
        json.writeNumberProperty("exitcode", ended.exit());
      }
    }
    figures.ifPresent(counted -> write(json, counted));
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Figures figures) {
    figures.cpuTime().ifPresent(time -> json.writeNumberProperty("cpu_time", seconds(time)));
    figures
        .peakMemory()
        .ifPresent(memory -> json.writeNumberProperty("max_memory", memory.bytes()));
    figures.throttledTime().ifPresent(time -> json.writeNumberProperty("throttled", seconds(time)));
    figures.oomKills().ifPresent(kills -> json.writeNumberProperty("oom_kills", kills));
  }

  private static BigDecimal seconds(Duration time) {
    BigDecimal seconds = BigDecimal.valueOf(time.toNanos(), NANO_DIGITS).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }

  private static Map<String, Figures> figuresById(RunStats stats) {
    Map<String, Figures> byId = new HashMap<>();
    if (stats instanceof RunStats.Counted(PodmonReport report, var way)) {
      for (ContainerFigures container : report.containers()) {
        byId.put(container.id(), container.figures());
      }
    }
    return byId;
  }
}
