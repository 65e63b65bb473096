package io.multijob.sandbox.api.object;

import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A `Status` object that says what went wrong.
///
/// @param code the HTTP status
/// @param reason the machine's word, such as `NotFound`; empty where the real server gives none
/// @param message what a person reads
/// @param token how to go on with a list that has expired; empty for all other failures
public record Status(int code, String reason, String message, Details details, String token) {

  public Status(int code, String reason, String message, Details details) {
    this(code, reason, message, details, "");
  }

  /// What the failure is about.
  ///
  /// @param name the object's name, empty when it is about none
  /// @param group the API group of `kind`, empty for the core group
  /// @param kind a resource or a kind, empty when it is about none
  /// @param retryAfterSeconds when to try again
  public record Details(
      String name,
      String group,
      String kind,
      List<FieldError> causes,
      OptionalInt retryAfterSeconds) {
    public static final Details NONE = new Details("", "", "", List.of(), OptionalInt.empty());

    public Details {
      causes = List.copyOf(causes);
    }
  }

  public Status withContinue(String continueToken) {
    return new Status(code, reason, message, details, continueToken);
  }

  public ObjectNode toJson() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    putUnlessEmpty(status.putObject("metadata"), "continue", token);
    status.put("status", "Failure").put("message", message);
    putUnlessEmpty(status, "reason", reason);
    if (!details.equals(Details.NONE)) {
      status.set("details", detailsJson());
    }
    return status.put("code", code);
  }

  private ObjectNode detailsJson() {
    ObjectNode json = Json.object();
    putUnlessEmpty(json, "name", details.name);
    putUnlessEmpty(json, "group", details.group);
    putUnlessEmpty(json, "kind", details.kind);
    if (!details.causes.isEmpty()) {
      ArrayNode causes = json.putArray("causes");
      for (FieldError cause : details.causes) {
        ObjectNode one = causes.addObject();
        one.put("reason", cause.reason()).put("message", cause.message());
        putUnlessEmpty(one, "field", cause.field());
      }
    }
    details.retryAfterSeconds.ifPresent(seconds -> json.put("retryAfterSeconds", seconds));
    return json;
  }

  private static void putUnlessEmpty(ObjectNode json, String name, String value) {
    if (!value.isEmpty()) {
      json.put(name, value);
    }
  }
}
