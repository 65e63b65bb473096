package io.multijob.sandbox.api.object;

import io.multijob.sandbox.api.object.Status.Details;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/// A request that cannot be answered as asked. Its [#status()] is the answer, in the words of the
/// real server.
public final class ApiError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Status status;

  public ApiError(Status status) {
    super(status.message());
    this.status = status;
  }

  public static ApiError notFound(Resource resource, String name) {
    return about(
        404, "NotFound", resource.qualified() + " \"" + name + "\" not found", resource, name);
  }

  public static ApiError alreadyExists(Resource resource, String name) {
    String message = resource.qualified() + " \"" + name + "\" already exists";
    return about(409, "AlreadyExists", message, resource, name);
  }

  /// The name is still taken by an object whose deletion waits for something.
  public static ApiError stillExists(Resource resource, String name) {
    String message =
        "object is being deleted: " + resource.qualified() + " \"" + name + "\" already exists";
    return about(409, "AlreadyExists", message, resource, name);
  }

  /// The object has another version than the one that the client knows.
  public static ApiError modified(Resource resource, String name) {
    return conflict(
        resource,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  public static ApiError conflict(Resource resource, String name, String detail) {
    String message =
        "Operation cannot be fulfilled on %s \"%s\": %s"
            .formatted(resource.qualified(), name, detail);
    return about(409, "Conflict", message, resource, name);
  }

  /// A conflict about a part of an object, such as `pods/binding`.
  public static ApiError conflict(String what, String name, String detail) {
    String message = "Operation cannot be fulfilled on %s \"%s\": %s".formatted(what, name, detail);
    Details details = new Details(name, "", what, List.of(), OptionalInt.empty());
    return new ApiError(new Status(409, "Conflict", message, details));
  }

  public static ApiError badRequest(String message) {
    return plain(400, "BadRequest", message);
  }

  public static ApiError invalid(Resource resource, String name, List<FieldError> errors) {
    return invalid(resource.kind(), resource.group().id(), name, errors);
  }

  public static ApiError invalid(String kind, String group, String name, List<FieldError> errors) {
    String list = errors.stream().map(FieldError::toString).collect(Collectors.joining(", "));
    String message =
        "%s%s \"%s\" is invalid: %s"
            .formatted(
                kind,
                group.isEmpty() ? "" : "." + group,
                name,
                errors.size() == 1 ? list : "[" + list + "]");
    Details details = new Details(name, group, kind, errors, OptionalInt.empty());
    return new ApiError(new Status(422, "Invalid", message, details));
  }

  public static ApiError forbidden(Resource resource, String name, String detail) {
    String message = "%s \"%s\" is forbidden: %s".formatted(resource.qualified(), name, detail);
    return about(403, "Forbidden", message, resource, name);
  }

  /// A namespace that goes takes nothing new.
  public static ApiError namespaceTerminating(Resource resource, Key key) {
    String reason = "because it is being terminated";
    String message =
        "%s \"%s\" is forbidden: unable to create new content in namespace %s %s"
            .formatted(resource.qualified(), key.name(), key.namespace(), reason);
    FieldError cause =
        new FieldError(
            "metadata.namespace",
            "NamespaceTerminating",
            "namespace " + key.namespace() + " is being terminated");
    Details details =
        new Details(
            key.name(),
            resource.group().id(),
            resource.plural(),
            List.of(cause),
            OptionalInt.empty());
    return new ApiError(new Status(403, "Forbidden", message, details));
  }

  /// What was asked for is older than what is kept.
  public static ApiError expired(String message) {
    return plain(410, "Expired", message);
  }

  public static ApiError tooOld(long asked, long oldest) {
    return expired("too old resource version: %d (%d)".formatted(asked, oldest));
  }

  public static ApiError tooLarge(long asked, long current) {
    String message =
        "Timeout: Too large resource version: %d, current: %d".formatted(asked, current);
    FieldError cause = new FieldError("", "ResourceVersionTooLarge", "Too large resource version");
    Details details = new Details("", "", "", List.of(cause), OptionalInt.of(1));
    return new ApiError(new Status(504, "Timeout", message, details));
  }

  public static ApiError noSuchPath() {
    return plain(404, "NotFound", "the server could not find the requested resource");
  }

  public static ApiError methodNotAllowed() {
    return plain(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  public static ApiError unsupportedMediaType(String message) {
    return plain(415, "UnsupportedMediaType", message);
  }

  public static ApiError notAcceptable() {
    return plain(
        406, "NotAcceptable", "406: Not Acceptable\n\nAvailable representations: application/json");
  }

  /// An error for which the real server has neither a reason nor a better status.
  public static ApiError internal(String message) {
    return plain(500, "", message);
  }

  public Status status() {
    return status;
  }

  private static ApiError plain(int code, String reason, String message) {
    return new ApiError(new Status(code, reason, message, Details.NONE));
  }

  private static ApiError about(
      int code, String reason, String message, Resource resource, String name) {
    Details details =
        new Details(name, resource.group().id(), resource.plural(), List.of(), OptionalInt.empty());
    return new ApiError(new Status(code, reason, message, details));
  }
}
