package io.multijob.optune;

import java.util.List;

/// Settings with which the service cannot start: all that is wrong with them at once.
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String[] problems;

  ConfigurationException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = problems.toArray(String[]::new);
  }

  /// Each in one line that begins with the setting's name.
  public List<String> problems() {
    return List.of(problems);
  }
}
