package io.multijob.servo.pod;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Where a pod's app id stands in it.
///
/// Elements split at `/`, empty ones skipped: a map's key, an array's index, or `[key]` or
/// `[key,nameKey,valueKey]` to search an array of maps (`name` and `value` unless told otherwise).
/// `~1` in a key stands for `/`, `~0` for `~`. Alternatives are parted by `|`: the first that leads
/// to a non-empty string wins. `@owner` is the stable name of what made the pod ([StableOwner]).
/// What leads nowhere means: not one of ours.
public final class AppIdPath {
  private final List<PathAlternative> alternatives;

  private AppIdPath(List<PathAlternative> alternatives) {
    this.alternatives = List.copyOf(alternatives);
  }

  /// The path that `path` writes down.
  ///
  /// @throws AppIdPathException if `path` is not of the language
  public static AppIdPath parse(String path) {
    return new AppIdPath(new AppIdPathParser(path).parse());
  }

  /// In the order in which they are tried.
  public List<PathAlternative> alternatives() {
    return alternatives;
  }

  /// The app id of a pod; nothing when it is not one of ours.
  public Optional<AppId> evaluate(JsonNode pod) {
    for (PathAlternative alternative : alternatives) {
      Optional<AppId> found =
          switch (alternative) {
            case PathAlternative.Steps steps ->
                PathWalk.walk(steps, pod, (element, from, to) -> {});
            case PathAlternative.OwnerName() -> byOwner(ownerOf(pod));
          };
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /// The app id that the rest of a path leads to, from the `branch` of a pod's document to which
  /// its first `done` elements led. For a reader that does not keep whole documents.
  public static Optional<AppId> evaluateFrom(
      PathAlternative.Steps steps, JsonNode branch, int done) {
    return PathWalk.resume(steps, branch, done);
  }

  /// The app id of a pod that `owner` made.
  public static Optional<AppId> byOwner(Owner owner) {
    return owner.known() ? Optional.of(new AppId(owner.name(), 0)) : Optional.empty();
  }

  /// Tells, line by line, what the path leads to in `pod`, and the app id if it leads to one.
  public PathExplanation explain(JsonNode pod) {
    List<String> lines = new ArrayList<>();
    for (PathAlternative alternative : alternatives) {
      PathExplanation explained =
          switch (alternative) {
            case PathAlternative.Steps steps -> PathExplanation.of(steps, pod);
            case PathAlternative.OwnerName() -> PathExplanation.of(ownerOf(pod));
          };
      lines.addAll(explained.lines());
      if (explained.found().isPresent()) {
        return new PathExplanation(lines, explained.result());
      }
    }
    return new PathExplanation(lines, List.of());
  }

  /// What made the pod of this document, under its stable name.
  public static Owner ownerOf(JsonNode pod) {
    Map<String, String> labels = new LinkedHashMap<>();
    pod.path("metadata")
        .path("labels")
        .forEachEntry((key, value) -> labels.put(key, value.asString("")));
    return StableOwner.of(controllerOf(pod), labels);
  }

  /// What made the pod of this document, as the document names it: its controller, or else the
  /// first of its owners.
  public static Owner controllerOf(JsonNode pod) {
    Owner owner = Owner.NONE;
    for (JsonNode reference : pod.path("metadata").path("ownerReferences")) {
      boolean controller = reference.path("controller").asBoolean(false);
      if (controller || !owner.known()) {
        String kind = reference.path("kind").asString("");
        owner = new Owner(kind, reference.path("name").asString(""));
      }
      if (controller) {
        break;
      }
    }
    return owner;
  }

  @Override
  public String toString() {
    return alternatives.stream().map(PathAlternative::toString).collect(Collectors.joining("|"));
  }
}
