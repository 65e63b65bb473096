package io.multijob.optune.api;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Base64;
import java.util.Optional;

/// Where a page of runs ends, as text that says nothing to the client: the next page stays right
/// however many runs come meanwhile.
final class Cursor {
  private static final String PREFIX = "run:";

  private Cursor() {}

  static String after(long run) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((PREFIX + run).getBytes(US_ASCII));
  }

  /// The number of the run the page ended with; nothing if the text is no cursor.
  static Optional<Long> parse(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), US_ASCII);
      return text.startsWith(PREFIX)
          ? Optional.of(Long.parseLong(text.substring(PREFIX.length())))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
