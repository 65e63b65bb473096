package io.multijob.servo.check;

/// What one look has shown.
///
/// @param subject what was looked at, in a word or two
/// @param words what was seen, and, where it is not as it should be, what to do
public record Finding(Verdict verdict, String subject, String words) {

  /// What it means for the servo.
  public enum Verdict {
    OK,
    /// It works without; `words` says what does not.
    NOTE,
    /// It does not work so.
    FAILS
  }

  static Finding ok(String subject, String words) {
    return new Finding(Verdict.OK, subject, words);
  }

  static Finding note(String subject, String words) {
    return new Finding(Verdict.NOTE, subject, words);
  }

  static Finding fails(String subject, String words) {
    return new Finding(Verdict.FAILS, subject, words);
  }
}
