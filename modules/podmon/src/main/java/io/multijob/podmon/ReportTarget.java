package io.multijob.podmon;

/// Where to post the report: `host`, `host:port`, an IPv6 address bare or in brackets,
/// `[::1]:8080`.
///
/// @param host a name or an address, without brackets
/// @param port 1 to 65535
record ReportTarget(String host, int port) {
  private static final int DEFAULT_PORT = 8080;

  ReportTarget {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException("expected host or host:port");
    }
  }

  /// @throws IllegalArgumentException if `text` is none of the forms
  static ReportTarget parse(String text) {
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      if (end < 0) {
        throw new IllegalArgumentException("a bracket is not closed");
      }
      return new ReportTarget(text.substring(1, end), port(text.substring(end + 1)));
    }
    int colon = text.indexOf(':');
    if (colon < 0 || colon != text.lastIndexOf(':')) {
      return new ReportTarget(text, DEFAULT_PORT);
    }
    return new ReportTarget(text.substring(0, colon), port(text.substring(colon)));
  }

  /// As a `Host` header has it.
  String authority() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }

  private static int port(String text) {
    if (text.isEmpty()) {
      return DEFAULT_PORT;
    }
    if (!text.startsWith(":")) {
      throw new IllegalArgumentException("expected a port after the host");
    }
    return Integer.parseInt(text.substring(1));
  }
}
