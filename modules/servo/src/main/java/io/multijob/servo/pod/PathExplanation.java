package io.multijob.servo.pod;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an app-id path leads to in one document, for a person to read.
///
/// @param lines one for each step taken, under a line for each alternative tried
/// @param result the app id; none when the pod is not one of ours
public record PathExplanation(List<String> lines, List<AppId> result) {
  private static final int NAMES_SHOWN = 12;

  public PathExplanation {
    lines = List.copyOf(lines);
    result = List.copyOf(result);
  }

  static PathExplanation of(PathAlternative.Steps steps, JsonNode pod) {
    List<String> lines = new ArrayList<>();
    lines.add(steps.toString());
    Optional<AppId> found =
        PathWalk.walk(
            steps,
            pod,
            (element, from, to) -> lines.add("  " + element + ": " + step(element, from, to)));
    lines.add(found.map(id -> "  leads to \"" + id.value() + "\"").orElse("  leads nowhere"));
    return new PathExplanation(lines, found.stream().toList());
  }

  static PathExplanation of(Owner owner) {
    Optional<AppId> found = AppIdPath.byOwner(owner);
    String line =
        found
            .map(id -> "  " + owner + ": leads to \"" + id.value() + "\"")
            .orElse("  nothing owns this pod: leads nowhere");
    return new PathExplanation(
        List.of(PathAlternative.OwnerName.WORD, line), found.stream().toList());
  }

  /// The app id, if the path leads to one.
  public Optional<AppId> found() {
    return result.stream().findFirst();
  }

  private static String step(PathElement element, JsonNode from, JsonNode to) {
    return to.isMissingNode() ? missing(element, from) : kindOf(to);
  }

  private static String missing(PathElement element, JsonNode from) {
    return switch (element) {
      case PathElement.Search search when !from.isArray() ->
          "not found: " + kindOf(from) + " is no array";
      case PathElement.Search search -> missing(search, from);
      case PathElement.Key key when from.isArray() && key.index().isEmpty() ->
          "not found: " + kindOf(from) + " is entered by index or by [key]";
      case PathElement.Key key when from.isArray() -> "not found: " + kindOf(from);
      case PathElement.Key key when from.isObject() ->
          "not found among " + shown(from.propertyNames().stream().toList());
      case PathElement.Key key -> "not found: " + kindOf(from) + " cannot be entered";
    };
  }

  private static String missing(PathElement.Search search, JsonNode array) {
    List<String> names = new ArrayList<>();
    for (JsonNode map : array) {
      String name = map.path(search.nameKey()).asString("");
      if (name.equals(search.name())) {
        return "found, but it has no "
            + search.valueKey()
            + (map.has("valueFrom") ? ": its value comes from elsewhere (valueFrom)" : "");
      }
      names.add(name);
    }
    return "no map whose " + search.nameKey() + " is " + search.name() + " among " + shown(names);
  }

  private static String kindOf(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "a map of " + node.size();
      case ARRAY -> "an array of " + node.size();
      case STRING -> node.stringValue().isEmpty() ? "an empty string" : "a string";
      case NUMBER -> "a number (an app id is a string)";
      case BOOLEAN -> "a boolean (an app id is a string)";
      case NULL -> "null";
      case BINARY, MISSING, POJO -> "nothing";
    };
  }

  private static String shown(List<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    String first = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_SHOWN)));
    return names.size() <= NAMES_SHOWN
        ? first
        : first + " and " + (names.size() - NAMES_SHOWN) + " more";
  }
}
