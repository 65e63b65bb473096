package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.table.Include;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Chooses a representation by the `Accept` header: the first that is served, in the client's
/// order.
///
/// @see <a
///   href="https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables">
///   Receiving resources as Tables</a>
final class Negotiation {
  private static final List<String> JSON = List.of("application/json", "application/*", "*/*");

  private Negotiation() {}

  /// @throws ApiError 406 when the client takes nothing that is served
  static Representation choose(Request request) {
    String accept = request.header("accept").filter(text -> !text.isBlank()).orElse("*/*");
    return Arrays.stream(accept.split(","))
        .flatMap(range -> representation(range, request).stream())
        .findFirst()
        .orElseThrow(ApiError::notAcceptable);
  }

  private static Optional<Representation> representation(String range, Request request) {
    List<String> parts = Arrays.stream(range.split(";")).map(String::strip).toList();
    if (!JSON.contains(parts.getFirst())) {
      return Optional.empty();
    }
    return switch (parameter(parts, "as")) {
      case "" -> Optional.of(new Plain());
      case "Table" -> isMeta(parts) ? Optional.of(table(request)) : Optional.empty();
      case "PartialObjectMetadata", "PartialObjectMetadataList" ->
          isMeta(parts) ? Optional.of(new PartialMetadata()) : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Representation table(Request request) {
    return new TableView(
        switch (request.query("includeObject").orElse("")) {
          case "", "Metadata" -> Include.METADATA;
          case "Object" -> Include.OBJECT;
          case "None" -> Include.NONE;
          case String other ->
              throw ApiError.invalid(
                  "TableOptions",
                  "meta.k8s.io",
                  "",
                  List.of(
                      FieldError.notSupported(
                          "includeObject", other, "Metadata", "None", "Object")));
        });
  }

  private static boolean isMeta(List<String> parts) {
    return parameter(parts, "g").equals("meta.k8s.io") && parameter(parts, "v").equals("v1");
  }

  private static String parameter(List<String> parts, String name) {
    return parts.stream()
        .filter(part -> part.startsWith(name + "="))
        .map(part -> part.substring(name.length() + 1))
        .findFirst()
        .orElse("");
  }
}
