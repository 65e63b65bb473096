package io.multijob.servo.adjustment;

import java.util.Optional;
import java.util.regex.Pattern;

/// One thing of a pod that can be set, written `main:limits.cpu` or `main:env.WORKERS`.
///
/// @param container the name of a regular container
record Item(String container, Knob knob) {
  private static final Pattern CONTAINER = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  /// What of a container.
  sealed interface Knob {}

  record Limit(ResourceName resource) implements Knob {
    private static final String PREFIX = "limits.";

    @Override
    public String toString() {
      return PREFIX + resource.wire();
    }
  }

  record Request(ResourceName resource) implements Knob {
    private static final String PREFIX = "requests.";

    @Override
    public String toString() {
      return PREFIX + resource.wire();
    }
  }

  record Variable(String name) implements Knob {
    private static final String PREFIX = "env.";

    @Override
    public String toString() {
      return PREFIX + name;
    }
  }

  /// The item that `text` names; none if it names none.
  static Optional<Item> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0 || !CONTAINER.matcher(text.substring(0, colon)).matches()) {
      return Optional.empty();
    }
    String container = text.substring(0, colon);
    return knob(text.substring(colon + 1)).map(knob -> new Item(container, knob));
  }

  /// True when the two are settled together: the same variable, or request and limit of the same
  /// resource.
  boolean goesWith(Item other) {
    return container.equals(other.container) && subject().equals(other.subject());
  }

  private Object subject() {
    return switch (knob) {
      case Limit(ResourceName resource) -> resource;
      case Request(ResourceName resource) -> resource;
      case Variable variable -> variable;
    };
  }

  private static Optional<Knob> knob(String text) {
    if (text.startsWith(Limit.PREFIX)) {
      return ResourceName.ofWire(text.substring(Limit.PREFIX.length())).map(Limit::new);
    }
    if (text.startsWith(Request.PREFIX)) {
      return ResourceName.ofWire(text.substring(Request.PREFIX.length())).map(Request::new);
    }
    if (text.startsWith(Variable.PREFIX)) {
      return Optional.of(text.substring(Variable.PREFIX.length()))
          .filter(Variables::isName)
          .map(Variable::new);
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return container + ":" + knob;
  }
}
