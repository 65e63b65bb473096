package io.multijob.optune.api;

import static java.util.stream.Collectors.joining;

import io.multijob.http.Request;
import io.multijob.optune.run.AppKey;
import io.multijob.optune.store.AppFilter;
import io.multijob.optune.store.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The query parameters of a request, checked. Every method throws [ParameterException] for a value
/// that is not what it should be.
final class Parameters {
  private final Map<String, List<String>> query;

  private Parameters(Map<String, List<String>> query) {
    this.query = query;
  }

  /// @param known the parameters that mean something here; others are refused, so that a misspelt
  ///   one is not silently ignored
  static Parameters of(Request request, String... known) {
    for (Map.Entry<String, List<String>> parameter : request.query().entrySet()) {
      if (!Set.of(known).contains(parameter.getKey())) {
        throw new ParameterException(
            parameter.getKey(),
            "unknown parameter, expected one of " + new TreeSet<>(Set.of(known)));
      }
      if (parameter.getValue().size() > 1) {
        throw new ParameterException(parameter.getKey(), "expected one value, found several");
      }
    }
    return new Parameters(request.query());
  }

  int limit(int normal, int greatest) {
    return text("limit").map(text -> (int) number("limit", text, 1, greatest)).orElse(normal);
  }

  /// The number of a run after which to begin.
  long after(long normal) {
    return text("after").map(text -> number("after", text, 0, Long.MAX_VALUE)).orElse(normal);
  }

  /// The number of the run before which to begin, from the `next` of the page before.
  long before() {
    return text("before")
        .map(text ->
            Cursor.parse(text)
                .orElseThrow(() ->
                    new ParameterException(
                        "before", "expected the `next` of a page, found " + quote(text))))
        .orElse(Long.MAX_VALUE);
  }

  Window window() {
    return text("window")
        .map(text ->
            Arrays.stream(Window.values())
                .filter(window -> window.text().equals(text))
                .findFirst()
                .orElseThrow(() ->
                    new ParameterException(
                        "window",
                        "expected "
                            + Arrays.stream(Window.values())
                                .map(Window::text)
                                .collect(joining(", "))
                            + ", found "
                            + quote(text))))
        .orElse(Window.EVER);
  }

  AppFilter apps() {
    Optional<String> appId = text("app");
    Optional<String> account = text("account");
    if (appId.isEmpty() && account.isPresent()) {
      throw new ParameterException("account", "says nothing without app");
    }
    if (appId.isEmpty()) {
      return new AppFilter.All();
    }
    if (account.isEmpty()) {
      return new AppFilter.Named(appId.get());
    }
    try {
      return new AppFilter.Exactly(new AppKey(account.get(), appId.get()));
    } catch (IllegalArgumentException e) {
      throw new ParameterException("app", e.getMessage() + "");
    }
  }

  private Optional<String> text(String name) {
    return query.getOrDefault(name, List.of()).stream().findFirst();
  }

  private static long number(String name, String text, long least, long greatest) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, like a number that is out of range.
    }
    String range = greatest == Long.MAX_VALUE ? least + " on" : least + " to " + greatest;
    throw new ParameterException(
        name, "expected a whole number from " + range + ", found " + quote(text));
  }

  private static String quote(String text) {
    return '"' + (text.length() > 40 ? text.substring(0, 40) + "..." : text) + '"';
  }
}
