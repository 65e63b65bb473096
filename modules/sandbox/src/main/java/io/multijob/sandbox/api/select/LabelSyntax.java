package io.multijob.sandbox.api.select;

import java.util.regex.Pattern;

/// What keys and values of labels look like.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Labels
///   and selectors</a>
public final class LabelSyntax {
  public static final String KEY_RULE =
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end"
          + " with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex"
          + " used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
  public static final String VALUE_RULE =
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or"
          + " '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or"
          + " 'my_value',  or '12345', regex used for validation is"
          + " '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

  private static final int LONGEST = 63;
  private static final Pattern NAME = Pattern.compile("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]");
  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private LabelSyntax() {}

  /// Whether `key` is a name, or a DNS prefix, a slash and a name.
  public static boolean isKey(String key) {
    int slash = key.indexOf('/');
    String name = key.substring(slash + 1);
    return (slash < 0 || PREFIX.matcher(key.substring(0, slash)).matches())
        && name.length() <= LONGEST
        && NAME.matcher(name).matches();
  }

  public static boolean isValue(String value) {
    return value.isEmpty() || (value.length() <= LONGEST && NAME.matcher(value).matches());
  }
}
