package io.multijob.optune.api;

import io.multijob.http.Response;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Refusals in JSON: `{"error": "..."}`, and the parameter where one is to blame.
public final class ApiErrors {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private ApiErrors() {}

  public static Response of(int status, String message) {
    return Response.json(status, MAPPER.writeValueAsBytes(Map.of("error", message)));
  }

  static Response of(ParameterException e) {
    return Response.json(
        400,
        MAPPER.writeValueAsBytes(Map.of("error", e.getMessage() + "", "parameter", e.parameter())));
  }
}
