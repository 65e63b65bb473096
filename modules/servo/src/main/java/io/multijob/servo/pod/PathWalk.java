package io.multijob.servo.pod;

import io.multijob.servo.pod.PathAlternative.Steps;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/// One walk along a path into a document, or into the branch of it that the first elements lead to.
///
/// Not thread-safe: made for one walk.
final class PathWalk {

  /// Is told of each step of a walk.
  @FunctionalInterface
  interface Companion {
    /// From `from` to `to` by `element`.
    ///
    /// @param to missing when `element` leads nowhere from `from`
    void step(PathElement element, JsonNode from, JsonNode to);
  }

  private static final Companion NOBODY = (element, from, to) -> {};

  private final Steps steps;
  private final Companion companion;
  private int container;

  private PathWalk(Steps steps, Companion companion) {
    this.steps = steps;
    this.companion = companion;
  }

  /// Where the path leads, as told to `companion`.
  static Optional<AppId> walk(Steps steps, JsonNode pod, Companion companion) {
    return new PathWalk(steps, companion).from(pod, 0);
  }

  /// Where the path leads from `branch`, to which its first `done` elements have led.
  static Optional<AppId> resume(Steps steps, JsonNode branch, int done) {
    PathWalk walk = new PathWalk(steps, NOBODY);
    if (done > 2
        && steps.choosesContainer(2)
        && steps.elements().get(2) instanceof PathElement.Key key) {
      walk.container = key.index().orElse(0);
    }
    return walk.from(branch, done);
  }

  private Optional<AppId> from(JsonNode start, int position) {
    JsonNode node = start;
    for (int i = position; i < steps.elements().size(); i++) {
      PathElement element = steps.elements().get(i);
      JsonNode next = next(node, element, i);
      companion.step(element, node, next);
      if (next.isMissingNode()) {
        return Optional.empty();
      }
      node = next;
    }
    return node.isString() && !node.stringValue().isEmpty()
        ? Optional.of(new AppId(node.stringValue(), container))
        : Optional.empty();
  }

  private JsonNode next(JsonNode node, PathElement element, int position) {
    return switch (element) {
      case PathElement.Key key ->
          node.isArray() ? byIndex(node, key, position) : node.path(key.name());
      case PathElement.Search search -> bySearch(node, search, position);
    };
  }

  private JsonNode byIndex(JsonNode array, PathElement.Key key, int position) {
    if (key.index().isEmpty()) {
      return MissingNode.getInstance();
    }
    chosen(key.index().getAsInt(), position);
    return array.path(key.index().getAsInt());
  }

  private JsonNode bySearch(JsonNode array, PathElement.Search search, int position) {
    if (!array.isArray()) {
      return MissingNode.getInstance();
    }
    for (int i = 0; i < array.size(); i++) {
      JsonNode name = array.path(i).path(search.nameKey());
      if (name.isString() && name.stringValue().equals(search.name())) {
        chosen(i, position);
        return array.path(i).path(search.valueKey());
      }
    }
    return MissingNode.getInstance();
  }

  private void chosen(int index, int position) {
    if (steps.choosesContainer(position)) {
      container = index;
    }
  }
}
