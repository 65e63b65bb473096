package io.multijob.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A request whose body has arrived whole.
///
/// @param method as sent, upper case
/// @param path as sent, percent-encoding and all: a handler that splits it decodes the segments
/// @param query the decoded parameters; one without `=` has the empty value
/// @param headers the values by lower-case name
/// @param body the bytes; empty when there are none. Not copied: nobody changes it
/// @param remoteAddress the client's IP address
@SuppressWarnings("ArrayRecordComponent") // a body is a value here: made once, compared by nobody
public record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> headers,
    byte[] body,
    String remoteAddress) {

  /// The first value of the header, whatever its case.
  public Optional<String> header(String name) {
    return first(headers, name.toLowerCase(Locale.ROOT));
  }

  /// The first value of the query parameter.
  public Optional<String> query(String name) {
    return first(query, name);
  }

  /// The path's segments, each percent-decoded; none for `/`.
  ///
  /// @throws IllegalArgumentException if one is not validly encoded
  public List<String> segments() {
    return Arrays.stream(path.split("/", -1)).skip(1).map(Request::decodeSegment).toList();
  }

  public String bodyText() {
    return new String(body, UTF_8);
  }

  static Map<String, List<String>> parseQuery(String query) {
    Map<String, List<String>> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters
            .computeIfAbsent(URLDecoder.decode(name, UTF_8), absent -> new ArrayList<>())
            .add(URLDecoder.decode(value, UTF_8));
      }
    }
    return parameters;
  }

  /// In a path a plus sign is itself: only forms use it for a space.
  private static String decodeSegment(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }

  private static Optional<String> first(Map<String, List<String>> values, String name) {
    return values.getOrDefault(name, List.of()).stream().findFirst();
  }
}
