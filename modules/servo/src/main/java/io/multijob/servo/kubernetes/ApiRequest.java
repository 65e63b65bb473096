package io.multijob.servo.kubernetes;

/// Something asked of the API server that has a body.
///
/// @param method such as `PATCH`
/// @param path with its query, from `/` on
/// @param contentType of the body
public record ApiRequest(String method, String path, String contentType, String body) {}
