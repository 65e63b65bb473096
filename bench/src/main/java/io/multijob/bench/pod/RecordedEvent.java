package io.multijob.bench.pod;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line of a watch, in which the pod and the version can be changed: always the same number of
/// bytes.
///
/// Not thread-safe: what it returns is good until the next call.
public final class RecordedEvent {
  /// The first version there is; all have ten digits.
  public static final long FIRST_VERSION = 1_000_000_000L;

  private static final Pattern NAME = Pattern.compile("\"name\":\"[a-z0-9-]+-([a-z0-9]{5})\"");
  private static final Pattern UID =
      Pattern.compile("\"namespace\":\"[a-z]+\",\"uid\":\"[0-9a-f-]{24}([0-9a-f]{12})\"");
  private static final Pattern VERSION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");
  private static final String OBJECT = "\"object\":";

  private final byte[] line;
  private final Place name;
  private final Place uid;
  private final Place version;
  private final int objectAt;

  /// Digits to be written over.
  private record Place(int at, int length) {
    static Place of(Pattern pattern, String text) {
      Matcher matcher = pattern.matcher(text);
      if (!matcher.find()) {
        throw new IllegalArgumentException("no " + pattern + " in " + text);
      }
      return new Place(matcher.start(1), matcher.end(1) - matcher.start(1));
    }

    void write(long number, int radix, byte[] into) {
      long rest = number;
      for (int i = at + length - 1; i >= at; i--) {
        into[i] = (byte) Character.forDigit((int) (rest % radix), radix);
        rest /= radix;
      }
    }
  }

  private RecordedEvent(String text) {
    this.line = text.getBytes(ISO_8859_1);
    this.name = Place.of(NAME, text);
    this.uid = Place.of(UID, text);
    this.version = Place.of(VERSION, text);
    this.objectAt = text.indexOf(OBJECT) + OBJECT.length();
  }

  /// @param recorded as it came, without the end of the line; its bytes as ISO 8859-1
  static RecordedEvent of(String recorded) {
    String version = "\"resourceVersion\":\"" + FIRST_VERSION + "\"";
    return new RecordedEvent(VERSION.matcher(recorded).replaceFirst(version) + "\n");
  }

  /// The line, with its end, as told of that pod.
  public byte[] line(long pod, long resourceVersion) {
    name.write(pod, Character.MAX_RADIX, line);
    uid.write(pod, 16, line);
    version.write(resourceVersion, 10, line);
    return line;
  }

  public int length() {
    return line.length;
  }

  /// Where the pod itself begins within the line.
  public int objectAt() {
    return objectAt;
  }

  /// How long the pod itself is: up to the brace that ends the event, and the end of the line.
  public int objectLength() {
    return line.length - objectAt - 2;
  }
}
