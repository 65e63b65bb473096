package io.multijob.protocol;

/// The watch or a component of the servo failed and was started again.
///
/// @param account whose servo it is; empty if it has none
/// @param reason what failed, for a person
/// @param stderr the last that was heard of it; the end of what is given, 2,000 characters at most
public record Diag(String account, String reason, String stderr) implements Event {
  private static final int MAX_STDERR = 2_000;

  public Diag {
    stderr = end(stderr);
  }

  /// Never begins with the second half of a character.
  private static String end(String text) {
    if (text.length() <= MAX_STDERR) {
      return text;
    }
    int start = text.length() - MAX_STDERR;
    return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
  }
}
