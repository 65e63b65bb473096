package io.multijob.servo.adjustment;

import static java.util.Collections.unmodifiableMap;

import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.PathAlternative;
import io.multijob.servo.pod.PathElement;
import io.multijob.servo.pod.Pod;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a pod asks for as its author has it, read from its document: what [AdjustmentNotes] say of
/// the author counts, not what was set since.
///
/// @param containers the regular containers but `zzzzmonitor`, by name, in the pod's order
/// @param beside what else runs in the pod, in the pod's order
/// @param pod what the pod asks for as a whole (`spec.resources`); usually nothing
public record PodResources(
    Map<String, ContainerResources> containers, List<Beside> beside, Amounts pod) {
  private static final AppIdPath JOB_ID = AppIdPath.parse("spec/containers/0/env/[JOBID]");

  /// A container that cannot be set.
  public record Beside(Amounts amounts, Role role) {}

  /// When a container that cannot be set runs.
  public enum Role {
    /// Ends before the regular containers start.
    INIT,
    /// Runs beside them.
    ALONG
  }

  public PodResources {
    containers = unmodifiableMap(new LinkedHashMap<>(containers));
    beside = List.copyOf(beside);
  }

  /// What the pod of this document asks for, where the app id is in the environment variable
  /// `JOBID`, or not in a variable at all.
  ///
  /// @throws IllegalArgumentException if one of its amounts is no quantity
  public static PodResources of(JsonNode pod) {
    return of(pod, JOB_ID);
  }

  /// What the pod of this document asks for. The variables that `path` searches for are no
  /// settings: with another value the pod would be another app's.
  ///
  /// @throws IllegalArgumentException if one of its amounts is no quantity
  public static PodResources of(JsonNode pod, AppIdPath path) {
    JsonNode spec = byAuthor(pod).path("spec");
    Set<String> searched = searched(path);
    var containers = new LinkedHashMap<String, ContainerResources>();
    List<Beside> beside = new ArrayList<>();
    for (JsonNode container : spec.path("initContainers")) {
      boolean sidecar = container.path("restartPolicy").asString("").equals("Always");
      beside.add(new Beside(amounts(container), sidecar ? Role.ALONG : Role.INIT));
    }
    for (JsonNode container : spec.path("containers")) {
      String name = container.path("name").asString("");
      if (name.equals(Pod.MONITOR)) {
        beside.add(new Beside(amounts(container), Role.ALONG));
      } else {
        Map<String, String> environment = Variables.settings(container.path("env"));
        environment.keySet().removeAll(searched);
        containers.put(name, new ContainerResources(amounts(container), environment));
      }
    }
    return new PodResources(containers, beside, Amounts.of(spec.path("resources")));
  }

  public QosClass qosClass() {
    List<Amounts> all = new ArrayList<>();
    containers.values().forEach(container -> all.add(container.amounts()));
    beside.forEach(other -> all.add(other.amounts()));
    return QosClass.of(all, pod);
  }

  /// This with other amounts in the containers that `settings` name.
  PodResources with(PodSettings settings) {
    var changed = new LinkedHashMap<>(containers);
    settings
        .containers()
        .forEach((name, container) ->
            changed.computeIfPresent(
                name,
                (_, before) ->
                    new ContainerResources(
                        before.amounts().with(container.amounts()), before.environment())));
    return new PodResources(changed, beside, pod);
  }

  /// What the containers ask for in sum: the regular ones and what runs beside them, or an init
  /// container and the sidecars before it, whichever is more
  /// (<https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers>).
  Amounts total() {
    Amounts running = Amounts.NONE;
    Amounts starting = Amounts.NONE;
    for (Beside other : beside) {
      Amounts amounts = other.amounts().completed();
      switch (other.role()) {
        case INIT -> starting = starting.max(running.plus(amounts));
        case ALONG -> running = running.plus(amounts);
      }
    }
    for (ContainerResources container : containers.values()) {
      running = running.plus(container.amounts().completed());
    }
    return starting.max(running);
  }

  private static JsonNode byAuthor(JsonNode pod) {
    if (!(pod instanceof ObjectNode object)
        || new PodDocument(object).annotation(AdjustmentNotes.ADJUSTMENT).isEmpty()) {
      return pod;
    }
    ObjectNode copy = object.deepCopy();
    PodSettings.NONE.applyTo(copy);
    return copy;
  }

  private static Amounts amounts(JsonNode container) {
    return Amounts.of(container.path("resources"));
  }

  private static Set<String> searched(AppIdPath path) {
    Set<String> names = new HashSet<>();
    for (PathAlternative alternative : path.alternatives()) {
      if (alternative instanceof PathAlternative.Steps(List<PathElement> elements)) {
        for (PathElement element : elements) {
          if (element instanceof PathElement.Search search) {
            names.add(search.name());
          }
        }
      }
    }
    return names;
  }
}
