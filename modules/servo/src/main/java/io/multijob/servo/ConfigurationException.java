package io.multijob.servo;

import java.util.List;

/// The settings cannot be used; says all that is wrong with them.
public final class ConfigurationException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  public ConfigurationException(List<String> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  ConfigurationException(List<String> problems, Throwable cause) {
    super(message(problems), cause);
    this.problems = List.copyOf(problems);
  }

  /// Each begins with the setting's name.
  public List<String> problems() {
    return problems;
  }

  private static String message(List<String> problems) {
    return problems.size() == 1
        ? problems.getFirst()
        : problems.size() + " settings are not right:\n  " + String.join("\n  ", problems);
  }
}
