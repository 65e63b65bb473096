package io.multijob.servo.kubernetes;

import io.fabric8.kubernetes.client.http.HttpClient;

/// A client that is ready to ask an API server.
///
/// @param server its URL, without a `/` at the end
/// @param namespace our own there
/// @param token what the client does not add to a request by itself
record Connection(HttpClient client, String server, String namespace, TokenSource token) {
  static final int CONNECT_MILLIS = 10_000;

  static final String USER_AGENT = "servo-k8s-multijob";

  /// The same client and token for another server.
  Connection at(String other) {
    return new Connection(client, other, namespace, token);
  }
}
