package io.multijob.optune.access;

/// Who is let in.
public sealed interface Access {

  /// Everyone who can reach the port.
  record Open() implements Access {}

  /// Who knows the token.
  ///
  /// @param secret never printed
  record Token(String secret) implements Access {

    public Token {
      if (secret.isBlank()) {
        throw new IllegalArgumentException("the token is blank");
      }
    }

    @Override
    public String toString() {
      return "Token[redacted]";
    }
  }
}
