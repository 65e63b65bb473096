package io.multijob.sandbox.api;

import io.multijob.http.Response;
import java.util.List;
import java.util.stream.Collectors;

/// Words to a person that come with an answer.
final class WarningHeader {
  private WarningHeader() {}

  static Response add(Response response, List<String> warnings) {
    return warnings.isEmpty()
        ? response
        : response.with(
            "Warning", warnings.stream().map(WarningHeader::one).collect(Collectors.joining(", ")));
  }

  private static String one(String text) {
    return "299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
