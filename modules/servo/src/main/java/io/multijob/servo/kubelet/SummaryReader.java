package io.multijob.servo.kubelet;

import io.multijob.protocol.Figure;
import io.multijob.protocol.Figures;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.stats.Sample;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a kubelet's summary ([kubelet stats
/// API](https://kubernetes.io/docs/reference/instrumentation/node-metrics/)).
///
/// A pod's own figures are those of its group, which keeps the CPU time of containers that are
/// gone; a container's are there only as long as it lives. A group is looked at every ten to
/// fifteen seconds; before the first look the kubelet gives zeroes, with the time of the group's
/// making.
final class SummaryReader {
  private SummaryReader() {}

  /// What the summary says of these pods.
  ///
  /// @param uids whose samples are wanted
  /// @return by uid; without those of which it says nothing
  /// @throws JacksonException if it is no JSON
  static Map<String, Sample> read(InputStream summary, Set<String> uids) {
    Map<String, Sample> samples = new HashMap<>();
    for (JsonNode pod : JsonMapper.shared().readTree(summary).path("pods")) {
      String uid = pod.path("podRef").path("uid").asString("");
      if (uids.contains(uid)) {
        sample(pod).ifPresent(sample -> samples.put(uid, sample));
      }
    }
    return samples;
  }

  private static Optional<Sample> sample(JsonNode pod) {
    OptionalLong all = number(pod.path("cpu"), "usageCoreNanoSeconds", Figure.CPU_TIME);
    Optional<Instant> at = time(pod.path("cpu").path("time"));
    if (all.isEmpty() || all.getAsLong() == 0 || at.isEmpty()) {
      return Optional.empty();
    }
    Map<Figure, Long> values = new EnumMap<>(Figure.class);
    long monitor = Math.min(all.getAsLong(), monitorCpu(pod));
    values.put(Figure.CPU_TIME, all.getAsLong() - monitor);
    values.put(Figure.PODMON_CPU, monitor);
    memory(pod.path("memory")).ifPresent(bytes -> values.put(Figure.MAX_USAGE, bytes));
    return Optional.of(new Sample(at.get(), new Figures(values)));
  }

  private static long monitorCpu(JsonNode pod) {
    for (JsonNode container : pod.path("containers")) {
      if (container.path("name").asString("").equals(Pod.MONITOR)) {
        return number(container.path("cpu"), "usageCoreNanoSeconds", Figure.PODMON_CPU).orElse(0);
      }
    }
    return 0;
  }

  /// Page cache included, as in all our figures, where the kubelet tells it.
  private static OptionalLong memory(JsonNode memory) {
    OptionalLong usage = number(memory, "usageBytes", Figure.MAX_USAGE);
    return usage.isPresent() ? usage : number(memory, "workingSetBytes", Figure.MAX_USAGE);
  }

  /// A counter of the kubelet's is unsigned; one that we cannot take is none.
  private static OptionalLong number(JsonNode parent, String name, Figure figure) {
    JsonNode value = parent.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      return OptionalLong.empty();
    }
    long number = value.asLong();
    return number < 0 || number > figure.max() ? OptionalLong.empty() : OptionalLong.of(number);
  }

  private static Optional<Instant> time(JsonNode value) {
    try {
      return value.isString() ? Optional.of(Instant.parse(value.asString())) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
