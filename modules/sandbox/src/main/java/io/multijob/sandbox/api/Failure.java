package io.multijob.sandbox.api;

import io.multijob.http.Response;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Status;

/// An answer that is a [Status].
final class Failure {
  private Failure() {}

  static Response answer(Status status) {
    return Response.json(status.code(), Json.write(status.toJson()));
  }
}
