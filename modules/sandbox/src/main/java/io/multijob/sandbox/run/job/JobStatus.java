package io.multijob.sandbox.run.job;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a Job's `status`, as a patch of it: what does not apply is there as null.
public final class JobStatus {
  private JobStatus() {}

  /// What a Job's status says besides what is counted.
  ///
  /// @param started empty while it has not, or rests
  /// @param conditions in the order in which they came
  public record Progress(Optional<Instant> started, List<Condition> conditions) {
    public Progress {
      conditions = List.copyOf(conditions);
    }

    public static Progress none() {
      return new Progress(Optional.empty(), List.of());
    }

    public Progress started(Instant at) {
      return new Progress(Optional.of(at), conditions);
    }

    public Progress resting() {
      return new Progress(Optional.empty(), conditions);
    }

    /// With one condition more, in the place of one of its type.
    public Progress with(Condition condition) {
      List<Condition> changed = new ArrayList<>(conditions);
      changed.removeIf(each -> each.type().equals(condition.type()));
      changed.add(condition);
      return new Progress(started, changed);
    }

    /// Whether a condition is there and `True`.
    public boolean holds(String type) {
      return conditions.stream()
          .anyMatch(each -> each.type().equals(type) && each.status().equals("True"));
    }
  }

  /// A condition of a Job.
  ///
  /// @param status `True` or `False`
  public record Condition(
      String type, String status, String reason, String message, Instant since) {}

  public static ObjectNode write(JobSpec spec, Tally tally, Progress progress) {
    ObjectNode status = Json.object();
    putCount(status, "active", tally.active().size());
    status.put("ready", tally.ready());
    status.put("terminating", tally.terminating());
    putCount(status, "succeeded", tally.succeeded(spec.mode()));
    putCount(status, "failed", tally.failed());
    if (spec.mode() == JobSpec.Mode.INDEXED) {
      status.put("completedIndexes", ranges(tally.succeededIndexes()));
    }
    status.putObject("uncountedTerminatedPods");
    progress
        .started()
        .ifPresentOrElse(
            at -> status.put("startTime", Timestamps.format(at)),
            () -> status.putNull("startTime"));
    ArrayNode conditions = status.putArray("conditions");
    for (Condition condition : progress.conditions()) {
      write(condition, conditions.addObject());
      if (condition.type().equals("Complete")) {
        status.put("completionTime", Timestamps.format(condition.since()));
      }
    }
    return status;
  }

  private static void write(Condition condition, ObjectNode target) {
    String since = Timestamps.format(condition.since());
    target
        .put("type", condition.type())
        .put("status", condition.status())
        .put("lastProbeTime", since)
        .put("lastTransitionTime", since)
        .put("reason", condition.reason())
        .put("message", condition.message());
  }

  private static void putCount(ObjectNode status, String name, int count) {
    if (count > 0) {
      status.put(name, count);
    } else {
      status.putNull(name);
    }
  }

  /// Such as `0-2,5`.
  static String ranges(NavigableSet<Integer> numbers) {
    List<String> ranges = new ArrayList<>();
    int first = 0;
    int last = Integer.MIN_VALUE;
    for (int number : numbers) {
      if (number == last + 1) {
        ranges.removeLast();
      } else {
        first = number;
      }
      last = number;
      ranges.add(first == last ? Integer.toString(first) : first + "-" + last);
    }
    return String.join(",", ranges);
  }
}
