package io.multijob.servo.report;

/// What the service knows us by. Shows itself to nobody: its text form is not the token.
public final class AuthToken {
  /// We have none.
  public static final AuthToken NONE = new AuthToken("");

  private static final String REDACTED = "***";

  private final String token;

  private AuthToken(String token) {
    this.token = token;
  }

  /// Takes a token as it was given.
  ///
  /// @param token without spaces, as `Authorization: Bearer` takes it
  /// @throws IllegalArgumentException if it cannot stand in a header; the message does not quote it
  public static AuthToken of(String token) {
    if (token.isEmpty() || token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new IllegalArgumentException("expected printable ASCII without spaces");
    }
    return new AuthToken(token);
  }

  boolean isPresent() {
    return !token.isEmpty();
  }

  /// The value of the header `Authorization`.
  String header() {
    return "Bearer " + token;
  }

  /// `text` without the token in it, should a server or a library have put it there.
  String redacted(String text) {
    return isPresent() ? text.replace(token, REDACTED) : text;
  }

  @Override
  public String toString() {
    return isPresent() ? REDACTED : "none";
  }
}
