package io.multijob.servo.watch;

import io.multijob.servo.pod.AppId;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.PathAlternative;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.TreeTraversingParser;

/// Finds the app id while a pod streams by: only the branches at the ends of the [PathTree] become
/// trees, and whoever reads on reads from those.
///
/// Not thread-safe. One pod at a time, from [#begin] to [#found].
final class AppIdSearch {
  private static final JsonMapper TREES =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final PathTree tree;
  private final int ownerRank;

  private @Nullable AppId best;
  private int bestRank;

  AppIdSearch(AppIdPath path) {
    tree = PathTree.of(path);
    List<PathAlternative> alternatives = path.alternatives();
    int rank = alternatives.indexOf(new PathAlternative.OwnerName());
    ownerRank = rank < 0 ? Integer.MAX_VALUE : rank;
  }

  /// Forgets the pod before, and tells where the document's root stands in the tree.
  PathTree begin() {
    best = null;
    bestRank = Integer.MAX_VALUE;
    return tree;
  }

  /// Looks at the value that the parser stands on, where a way ends at `here`.
  ///
  /// @return a parser that stands on the same value, to read it from
  JsonParser enter(JsonParser p, PathTree here) {
    if (here.ways().isEmpty()) {
      return p;
    }
    JsonNode branch = TREES.readTree(p);
    for (PathTree.Way way : here.ways()) {
      if (way.rank() < bestRank) {
        AppIdPath.evaluateFrom(way.steps(), branch, way.done())
            .ifPresent(found -> take(found, way.rank()));
      }
    }
    return replay(branch);
  }

  /// Looks at the value and at all below it that a way goes through.
  ///
  /// @return a parser that stands on the same value, to read it from without regard to the tree
  JsonParser enterWhole(JsonParser p, PathTree here) {
    if (here.bare()) {
      return p;
    }
    JsonNode branch = TREES.readTree(p);
    pass(replay(branch), here);
    return replay(branch);
  }

  /// Skips a value that nobody else wants.
  void pass(JsonParser p, PathTree here) {
    if (here.bare()) {
      p.skipChildren();
      return;
    }
    passBelow(enter(p, here), here);
  }

  /// As [#pass], of a value that was entered already.
  void passBelow(JsonParser value, PathTree here) {
    if (here.bare()) {
      value.skipChildren();
      return;
    }
    if (value.currentToken() == JsonToken.START_OBJECT) {
      for (String name = value.nextName(); name != null; name = value.nextName()) {
        value.nextToken();
        pass(value, here.at(name));
      }
    } else if (value.currentToken() == JsonToken.START_ARRAY) {
      for (int i = 0; value.nextToken() != JsonToken.END_ARRAY; i++) {
        pass(value, here.at(i));
      }
    }
  }

  /// What was found, once the pod has passed.
  Optional<AppId> found(Owner owner) {
    if (ownerRank < bestRank) {
      AppIdPath.byOwner(owner).ifPresent(found -> take(found, ownerRank));
    }
    return Optional.ofNullable(best);
  }

  private static JsonParser replay(JsonNode branch) {
    JsonParser p = new TreeTraversingParser(branch, ObjectReadContext.empty());
    p.nextToken();
    return p;
  }

  private void take(AppId found, int rank) {
    best = found;
    bestRank = rank;
  }
}
