package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// How an object is to be deleted.
///
/// @param gracePeriodSeconds as asked for; absent for the object's own
/// @param uid what the object's must be; empty for any
/// @param resourceVersion what the object's must be; empty for any
public record DeleteOptions(
    OptionalLong gracePeriodSeconds,
    Propagation propagation,
    String uid,
    String resourceVersion,
    WriteMode mode) {

  /// What becomes of the objects that belong to the deleted one.
  public enum Propagation {
    /// What its kind does when nothing is said.
    UNSAID,
    /// They lose their owner and stay.
    ORPHAN,
    /// They are deleted after it.
    BACKGROUND,
    /// They are deleted first; it waits for those that block it.
    FOREGROUND
  }

  /// What a garbage collector asks for.
  public static final DeleteOptions IN_BACKGROUND =
      new DeleteOptions(OptionalLong.empty(), Propagation.BACKGROUND, "", "", WriteMode.COMMIT);

  /// Reads the body of a DELETE, `{}` included.
  ///
  /// @throws ApiError for a value that is none of those there are
  public static DeleteOptions of(ObjectNode body, WriteMode mode) {
    JsonNode preconditions = body.path("preconditions");
    JsonNode grace = body.path("gracePeriodSeconds");
    return new DeleteOptions(
        grace.isIntegralNumber() ? OptionalLong.of(grace.asLong()) : OptionalLong.empty(),
        propagation(Json.text(body, "propagationPolicy")),
        Json.text(preconditions, "uid"),
        Json.text(preconditions, "resourceVersion"),
        mode);
  }

  static Propagation propagation(String text) {
    return switch (text) {
      case "" -> Propagation.UNSAID;
      case "Orphan" -> Propagation.ORPHAN;
      case "Background" -> Propagation.BACKGROUND;
      case "Foreground" -> Propagation.FOREGROUND;
      default ->
          throw ApiError.invalid(
              "DeleteOptions",
              "meta.k8s.io",
              "",
              List.of(
                  FieldError.notSupported(
                      "propagationPolicy", text, "Foreground", "Background", "Orphan", "nil")));
    };
  }

  /// Checks that the object is the one that is meant.
  ///
  /// @throws ApiError 409 if it is not
  void requireMeant(Resource resource, Key key, Meta meta) {
    if (!uid.isEmpty() && !uid.equals(meta.uid())) {
      throw mismatch(resource, key, "UID", uid, meta.uid());
    }
    if (!resourceVersion.isEmpty() && !resourceVersion.equals(meta.resourceVersion())) {
      throw mismatch(resource, key, "ResourceVersion", resourceVersion, meta.resourceVersion());
    }
  }

  private static ApiError mismatch(
      Resource resource, Key key, String what, String asked, String found) {
    return ApiError.conflict(
        resource.qualifiedKind(),
        key.name(),
        ("the %s in the precondition (%s) does not match the %s in record (%s). The object might"
                + " have been deleted and then recreated")
            .formatted(what, asked, what, found));
  }
}
