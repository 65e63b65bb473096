package io.multijob.optune.access;

import io.multijob.http.Request;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/// Keeps other sites' pages, open in a browser on this machine, from talking to the service in that
/// browser's name.
///
/// Writing: a request from a page has an `Origin`, which must be our own. Reading: a page may give
/// its own host name our loopback address (DNS rebinding), so a service that lets everyone in on
/// loopback answers only to names of loopback.
///
/// Thread-safe.
public final class Origins {
  private final boolean loopbackNamesOnly;

  private Origins(boolean loopbackNamesOnly) {
    this.loopbackNamesOnly = loopbackNamesOnly;
  }

  public static Origins of(InetSocketAddress listen, Access access) {
    return new Origins(
        access instanceof Access.Open
            && !listen.isUnresolved()
            && listen.getAddress().isLoopbackAddress());
  }

  /// Whether the name by which the request calls the service can be one of its own.
  public boolean trustsHost(Request request) {
    return !loopbackNamesOnly
        || request.header("host").map(Origins::hostName).filter(Origins::isLoopback).isPresent();
  }

  /// Whether the request comes from no page at all, or from one of ours.
  public boolean trustsOrigin(Request request) {
    Optional<String> origin = request.header("origin");
    return origin.isEmpty() || origin.flatMap(Origins::authority).equals(request.header("host"));
  }

  private static Optional<String> authority(String origin) {
    try {
      return Optional.ofNullable(new URI(origin).getRawAuthority());
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  private static String hostName(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return (end <= 0 ? host : host.substring(0, end)).toLowerCase(Locale.ROOT);
  }

  private static boolean isLoopback(String name) {
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.\\d{1,3}){3}");
  }
}
