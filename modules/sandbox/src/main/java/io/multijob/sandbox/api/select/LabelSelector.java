package io.multijob.sandbox.api.select;

import java.util.List;
import java.util.Map;

/// Which labels an object must have.
public record LabelSelector(List<Requirement> requirements) {
  public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

  public LabelSelector {
    requirements = List.copyOf(requirements);
  }

  /// Reads `a=b,c!=d,e in (f,g),h,!i,j>1`.
  ///
  /// @throws io.multijob.sandbox.api.object.ApiError as the real server, when it is not one
  public static LabelSelector parse(String text) {
    return text.isBlank() ? EVERYTHING : new LabelSelector(new LabelSelectorParser(text).parse());
  }

  public boolean matches(Map<String, String> labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.isMetBy(labels)) {
        return false;
      }
    }
    return true;
  }

  public boolean isEverything() {
    return requirements.isEmpty();
  }
}
