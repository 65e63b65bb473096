package io.multijob.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;

/// Any text as one segment of a URL's path (RFC 3986, 2.1): everything but letters, digits and
/// `-._~` is percent-encoded, so that it cannot end the segment or begin a query.
public final class PathSegment {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String UNRESERVED_MARKS = "-._~";
  private static final int ESCAPE_LENGTH = 3;

  private PathSegment() {}

  /// `.` and `..` are encoded too: as they are, they would mean another path.
  public static String encode(String text) {
    if (text.equals(".") || text.equals("..")) {
      return "%2E".repeat(text.length());
    }
    var encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(UTF_8)) {
      if (isUnreserved(octet)) {
        encoded.append((char) octet);
      } else {
        encoded.append('%').append(HEX.toHexDigits(octet));
      }
    }
    return encoded.toString();
  }

  /// What [#encode] was given. A `+` is a plus sign.
  ///
  /// @throws IllegalArgumentException if an escape is cut off or has other than hexadecimal digits,
  ///   or the whole is not UTF-8
  public static String decode(String segment) {
    byte[] escaped = segment.getBytes(UTF_8);
    var octets = new ByteArrayOutputStream(escaped.length);
    for (int i = 0; i < escaped.length; i++) {
      if (escaped[i] == '%') {
        octets.write(octet(escaped, i));
        i += ESCAPE_LENGTH - 1;
      } else {
        octets.write(escaped[i]);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("not UTF-8 when decoded: '" + segment + "'", e);
    }
  }

  private static boolean isUnreserved(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || UNRESERVED_MARKS.indexOf(octet) >= 0;
  }

  private static int octet(byte[] escaped, int start) {
    if (start + ESCAPE_LENGTH <= escaped.length) {
      int high = Character.digit(escaped[start + 1], 16);
      int low = Character.digit(escaped[start + 2], 16);
      if (high >= 0 && low >= 0) {
        return high << 4 | low;
      }
    }
    throw new IllegalArgumentException(
        "a % should be followed by two hexadecimal digits: '" + new String(escaped, UTF_8) + "'");
  }
}
