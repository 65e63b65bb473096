package io.multijob.servo.injection;

import static java.math.BigDecimal.ZERO;

import io.multijob.servo.adjustment.QosClass;
import io.multijob.servo.adjustment.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What podmon asks for and gets at most, so that the pod's QoS class stays and a LimitRange
/// refuses nothing.
///
/// Podmon on Java takes 140 ms of CPU to start and 23 MiB; its heap may grow to 16 MiB. Measured:
/// with a limit of 10m it is ready after 22 s, with 50m after 2.8 s, with 100m after 1.5 s, with
/// none after 0.35 s. So it has a small request and a limit that it needs only at its start; where
/// both must be the same, 100m.
///
/// @param cpu in cores
/// @param memory in bytes
/// @param isEnough whether it can run with that
record PodmonSize(Amounts cpu, Amounts memory, boolean isEnough) {
  private static final String CPU = "cpu";
  private static final String MEMORY = "memory";
  private static final int CORE_DIGITS = 3;

  private static final BigDecimal LEAST_MEMORY = mebibytes(32);
  private static final Amounts USUAL_CPU =
      new Amounts(new BigDecimal("0.01"), new BigDecimal("0.1"), new BigDecimal("0.2"));
  private static final Amounts USUAL_MEMORY =
      new Amounts(LEAST_MEMORY, mebibytes(48), mebibytes(48));

  /// Amounts of one resource.
  ///
  /// @param request where the limit is another
  /// @param same where request and limit must be the same
  /// @param limit where the request is another
  record Amounts(BigDecimal request, BigDecimal same, BigDecimal limit) {

    Amounts within(LimitRanges ranges, String resource, int digits) {
      BigDecimal least = ranges.min(resource).orElse(ZERO);
      Amounts raised = new Amounts(request.max(least), same.max(least), limit.max(least));
      Amounts cut = ranges.max(resource).map(raised::upTo).orElse(raised);
      return ranges.ratio(resource).map(ratio -> cut.withRatio(ratio, digits)).orElse(cut);
    }

    private Amounts upTo(BigDecimal most) {
      return new Amounts(request.min(most), same.min(most), limit.min(most));
    }

    /// The request is raised: with a lower limit podmon would be late.
    private Amounts withRatio(BigDecimal ratio, int digits) {
      BigDecimal least = limit.divide(ratio, digits, RoundingMode.CEILING);
      return new Amounts(request.max(least), same, limit);
    }
  }

  /// What fits into a pod of this spec.
  static PodmonSize within(LimitRanges ranges, JsonNode spec) {
    Amounts cpu = USUAL_CPU.within(ranges, CPU, CORE_DIGITS);
    Amounts memory = USUAL_MEMORY.within(ranges, MEMORY, 0);
    boolean enough =
        memory.limit().compareTo(LEAST_MEMORY) >= 0
            && cpu.limit().signum() > 0
            && fits(cpu, CPU, ranges, spec)
            && fits(memory, MEMORY, ranges, spec);
    return new PodmonSize(cpu, memory, enough);
  }

  /// The container's `resources`; empty where it must have none.
  ObjectNode resources(QosClass pod, JsonNode spec) {
    ObjectNode resources = PodmonContainer.object();
    boolean wholePod = !spec.path("resources").isEmpty();
    if (wholePod || pod == QosClass.BEST_EFFORT) {
      return resources;
    }
    boolean guaranteed = pod == QosClass.GUARANTEED;
    put(
        resources.putObject("requests"),
        guaranteed ? cpu.same() : cpu.request(),
        guaranteed ? memory.same() : memory.request());
    put(
        resources.putObject("limits"),
        guaranteed ? cpu.same() : cpu.limit(),
        guaranteed ? memory.same() : memory.limit());
    return resources;
  }

  private static void put(ObjectNode list, BigDecimal cores, BigDecimal bytes) {
    list.put(CPU, Quantity.ofCores(cores).toString());
    list.put(MEMORY, Quantity.ofBytes(bytes.longValue()).toString());
  }

  /// Whether podmon fits beside the pod's containers under what the pod may have as a whole.
  private static boolean fits(Amounts amounts, String resource, LimitRanges ranges, JsonNode spec) {
    Optional<BigDecimal> most = ranges.podMax(resource);
    BigDecimal used = ZERO;
    for (JsonNode container : spec.path("containers")) {
      used = used.add(limit(container, resource));
    }
    for (JsonNode container : spec.path("initContainers")) {
      if (container.path("restartPolicy").asString("").equals("Always")) {
        used = used.add(limit(container, resource));
      }
    }
    BigDecimal all = used.add(amounts.limit());
    return most.isEmpty() || all.compareTo(most.get()) <= 0;
  }

  private static BigDecimal limit(JsonNode container, String resource) {
    return LimitRanges.read(container.path("resources").path("limits").path(resource)).orElse(ZERO);
  }

  private static BigDecimal mebibytes(long mebibytes) {
    return BigDecimal.valueOf(mebibytes << 20);
  }
}
