package io.multijob.servo.watch;

import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.PathAlternative;
import io.multijob.servo.pod.PathAlternative.Steps;
import io.multijob.servo.pod.PathElement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The part of a pod's document that an app-id path goes through, as a tree of keys and indices: a
/// reader that walks document and tree side by side keeps only the branches at the tree's ends.
final class PathTree {
  /// Of what no path goes through.
  static final PathTree NONE = new PathTree();

  /// No array of a pod is longer.
  private static final int MAX_INDEX = 256;

  /// The way of one alternative that ends at a node of the tree.
  ///
  /// @param rank of the alternative: a lower one wins
  /// @param done how many of its elements lead to the node; the rest is found in the branch
  record Way(int rank, Steps steps, int done) {}

  private final Map<String, PathTree> children = new HashMap<>();
  private final List<PathTree> byIndex = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();
  private Optional<Way> soleSearch = Optional.empty();

  private PathTree() {}

  static PathTree of(AppIdPath path) {
    PathTree root = new PathTree();
    List<PathAlternative> alternatives = path.alternatives();
    for (int rank = 0; rank < alternatives.size(); rank++) {
      if (alternatives.get(rank) instanceof Steps steps) {
        PathTree node = root;
        for (int i = 0; i < steps.known(); i++) {
          node = node.grow(((PathElement.Key) steps.elements().get(i)).name());
        }
        node.ways.add(new Way(rank, steps, steps.known()));
      }
    }
    root.index();
    return root;
  }

  PathTree at(String key) {
    return children.getOrDefault(key, NONE);
  }

  PathTree at(int index) {
    return index < byIndex.size() ? byIndex.get(index) : NONE;
  }

  /// True when no path goes through here.
  boolean bare() {
    return children.isEmpty() && ways.isEmpty();
  }

  /// The ways whose known part ends here.
  List<Way> ways() {
    return ways;
  }

  /// The one way through here, where it is the only one and goes on with a search.
  Optional<Way> soleSearch() {
    return soleSearch;
  }

  private PathTree grow(String key) {
    return children.computeIfAbsent(key, absent -> new PathTree());
  }

  private void index() {
    soleSearch =
        ways.stream()
            .filter(way -> children.isEmpty() && ways.size() == 1)
            .filter(way -> way.done() < way.steps().elements().size())
            .findFirst();
    for (int i = 0; i < MAX_INDEX; i++) {
      byIndex.add(at(Integer.toString(i)));
    }
    while (!byIndex.isEmpty() && byIndex.getLast() == NONE) {
      byIndex.removeLast();
    }
    children.values().forEach(PathTree::index);
  }
}
