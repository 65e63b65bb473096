package io.multijob.sandbox.api;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Where a list in pieces goes on.
///
/// @param revision the one that all pieces are of; [#LATEST] once that is forgotten
/// @param last the object at the end of the piece before
record ContinueToken(long revision, Key last) {
  static final long LATEST = -1;

  private static final String FORMAT = "meta.k8s.io/v1";

  String encode() {
    byte[] json =
        Json.write(
            Json.object()
                .put("v", FORMAT)
                .put("rv", revision)
                .put("start", last.namespace() + "/" + last.name() + "\0"));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  /// @throws ApiError 400 for what is no token of ours
  static ContinueToken decode(String text) {
    try {
      JsonNode token = Json.read(Base64.getUrlDecoder().decode(text));
      String start = Json.text(token, "start");
      int slash = start.indexOf('/');
      if (!Json.text(token, "v").equals(FORMAT) || slash < 0 || !start.endsWith("\0")) {
        throw ApiError.badRequest("invalid continue token: it is not one of this server");
      }
      return new ContinueToken(
          Json.number(token, LATEST, "rv"),
          new Key(start.substring(0, slash), start.substring(slash + 1, start.length() - 1)));
    } catch (IllegalArgumentException | JacksonException e) {
      throw ApiError.badRequest("invalid continue token: " + e.getMessage());
    }
  }
}
