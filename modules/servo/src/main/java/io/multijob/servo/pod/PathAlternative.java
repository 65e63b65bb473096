package io.multijob.servo.pod;

import java.util.List;
import java.util.stream.Collectors;

/// One of the ways to a pod's app id.
public sealed interface PathAlternative {

  /// Element by element into the pod's document.
  record Steps(List<PathElement> elements) implements PathAlternative {
    private static final PathElement.Key SPEC = new PathElement.Key("spec");
    private static final PathElement.Key CONTAINERS = new PathElement.Key("containers");

    public Steps {
      elements = List.copyOf(elements);
    }

    /// How many elements, from the first, lead through maps and arrays without a search: that far
    /// the way is known before the document is.
    public int known() {
      for (int i = 0; i < elements.size(); i++) {
        if (elements.get(i) instanceof PathElement.Search) {
          return i;
        }
      }
      return elements.size();
    }

    /// True when the element at `position` chooses a container of the pod's spec.
    boolean choosesContainer(int position) {
      return position == 2 && elements.get(0).equals(SPEC) && elements.get(1).equals(CONTAINERS);
    }

    @Override
    public String toString() {
      return elements.stream().map(PathElement::toString).collect(Collectors.joining("/"));
    }
  }

  /// The stable name of what made the pod: `@owner`.
  record OwnerName() implements PathAlternative {
    static final String WORD = "@owner";

    @Override
    public String toString() {
      return WORD;
    }
  }
}
