package io.multijob.sandbox.api;

import io.multijob.http.Request;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Which requests a [Fault] happens to.
public final class Requests {
  private Requests() {}

  public static Predicate<Request> any() {
    return request -> true;
  }

  public static Predicate<Request> withMethod(String method) {
    return request -> request.method().equals(method);
  }

  /// Those whose path, without the query, matches the whole of `regex`.
  public static Predicate<Request> to(String regex) {
    Pattern pattern = Pattern.compile(regex);
    return request -> pattern.matcher(request.path()).matches();
  }

  /// Watches of a resource such as `pods`, whether of a namespace or of all.
  public static Predicate<Request> watches(String resource) {
    return request -> isWatch(request) && request.path().endsWith("/" + resource);
  }

  /// Lists of a resource such as `pods`, whether of a namespace or of all.
  public static Predicate<Request> lists(String resource) {
    return withMethod("GET")
        .and(request -> !isWatch(request) && request.path().endsWith("/" + resource));
  }

  static boolean isWatch(Request request) {
    return request.method().equals("GET") && Query.flag(request, "watch");
  }
}
