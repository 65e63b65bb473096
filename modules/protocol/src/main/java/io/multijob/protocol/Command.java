package io.multijob.protocol;

import java.time.Duration;
import java.util.Map;

/// What the service asks of the servo.
public sealed interface Command {

  /// The command's name in JSON, such as `ADJUST`.
  String name();

  /// Say what can be adjusted, and what it is now; then ask again.
  record Describe() implements Command {
    static final String NAME = "DESCRIBE";

    @Override
    public String name() {
      return NAME;
    }
  }

  /// Give these settings to the app's next pod.
  ///
  /// @param components the settings of each container, by the container's and the setting's name
  record Adjust(Map<String, Map<String, SettingValue>> components) implements Command {
    static final String NAME = "ADJUST";

    public Adjust {
      components = InOrder.copyOfNested(components);
    }

    @Override
    public String name() {
      return NAME;
    }
  }

  /// Let the pod run; it is measured at its end.
  record Measure() implements Command {
    static final String NAME = "MEASURE";

    @Override
    public String name() {
      return NAME;
    }
  }

  /// Ask again after `pause`, which is not negative.
  record Sleep(Duration pause) implements Command {
    static final String NAME = "SLEEP";

    public Sleep {
      if (pause.isNegative()) {
        throw new IllegalArgumentException("the pause is negative: " + pause);
      }
    }

    @Override
    public String name() {
      return NAME;
    }
  }

  /// Something that this servo has not learned; the pod runs unchanged.
  record Unknown(String name) implements Command {}
}
