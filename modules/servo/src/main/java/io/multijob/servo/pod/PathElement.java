package io.multijob.servo.pod;

import java.util.OptionalInt;

/// One step of an app-id path.
public sealed interface PathElement {

  /// Into a map by key, or into an array by index.
  record Key(String name) implements PathElement {
    private static final int MAX_DIGITS = 9;

    /// The name as an index; nothing when it is not written as one.
    public OptionalInt index() {
      boolean number =
          !name.isEmpty()
              && name.length() <= MAX_DIGITS
              && (name.charAt(0) != '0' || name.length() == 1)
              && name.chars().allMatch(c -> c >= '0' && c <= '9');
      return number ? OptionalInt.of(Integer.parseInt(name)) : OptionalInt.empty();
    }

    @Override
    public String toString() {
      return escape(name);
    }
  }

  /// To the first map of an array whose `nameKey` is `name`, and on to its `valueKey`.
  record Search(String name, String nameKey, String valueKey) implements PathElement {

    @Override
    public String toString() {
      boolean usual = "name".equals(nameKey) && "value".equals(valueKey);
      return usual
          ? "[" + escape(name) + "]"
          : "[" + escape(name) + "," + escape(nameKey) + "," + escape(valueKey) + "]";
    }
  }

  private static String escape(String text) {
    return text.replace("~", "~0").replace("/", "~1");
  }
}
