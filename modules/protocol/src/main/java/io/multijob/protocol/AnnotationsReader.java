package io.multijob.protocol;

import java.util.LinkedHashMap;

/// Reads what is said of a run beside its metrics.
final class AnnotationsReader {

  private AnnotationsReader() {}

  static Annotations read(Place place) {
    if (place.isAbsent()) {
      return Annotations.NONE;
    }
    var values = new LinkedHashMap<String, String>();
    place
        .members()
        .forEach((name, member) -> {
          if (!member.isAbsent()) {
            values.put(name, value(name, member));
          }
        });
    return new Annotations(values);
  }

  /// Those that are not known may be of any type: what is not text is kept as the JSON it is.
  private static String value(String name, Place place) {
    if (name.equals(Annotation.EXITCODE.wire())) {
      return Long.toString(place.wholeNumber(Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    boolean known = Annotation.ofWire(name).isPresent();
    return known || place.isText() ? place.text() : place.json();
  }
}
