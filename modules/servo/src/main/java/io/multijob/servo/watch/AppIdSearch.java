package io.multijob.servo.watch;

import io.multijob.servo.pod.AppId;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.PathAlternative;
import io.multijob.servo.pod.PathElement.Search;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
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

  /// Looks into a value that nobody else wants, and skips it.
  void pass(JsonParser p, PathTree here) {
    if (here.bare()) {
      p.skipChildren();
    } else if (p.currentToken() == JsonToken.START_ARRAY && here.soleSearch().isPresent()) {
      searchArray(p, here.soleSearch().get());
    } else {
      passBelow(enter(p, here), here);
    }
  }

  private void passBelow(JsonParser value, PathTree here) {
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

  /// Searches an array of maps as it passes, such as a container's environment.
  private void searchArray(JsonParser p, PathTree.Way way) {
    boolean wanted = way.rank() < bestRank;
    Search search = (Search) way.steps().elements().get(way.done());
    while (p.nextToken() != JsonToken.END_ARRAY) {
      if (!wanted || p.currentToken() != JsonToken.START_OBJECT) {
        p.skipChildren();
      } else {
        wanted = !isMatch(p, search, way);
      }
    }
  }

  /// True for the map that is searched for, whether or not it has the value.
  private boolean isMatch(JsonParser p, Search search, PathTree.Way way) {
    boolean named = false;
    boolean otherName = false;
    JsonNode value = MissingNode.getInstance();
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      if (field.equals(search.nameKey())) {
        named = p.currentToken() == JsonToken.VALUE_STRING && p.getString().equals(search.name());
        otherName = !named;
      }
      if (field.equals(search.valueKey()) && !otherName) {
        value = TREES.readTree(p);
      } else {
        p.skipChildren();
      }
    }
    if (named) {
      AppIdPath.evaluateFrom(way.steps(), value, way.done() + 1)
          .ifPresent(found -> take(found, way.rank()));
    }
    return named;
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
