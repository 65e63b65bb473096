package io.multijob.servo.certificate;

import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The little of an API server that concerns certificates: one Secret, guarded by its version, and
/// one MutatingWebhookConfiguration.
final class AdmissionApiServer implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Limits LIMITS = new Limits(1 << 20, 100, Duration.ZERO);

  private final HttpListener listener;
  private @Nullable ObjectNode secret;
  private @Nullable ObjectNode configuration;
  private int version;
  private final List<String> forbidden = new ArrayList<>();
  private final List<Request> writes = new ArrayList<>();

  AdmissionApiServer() throws IOException {
    listener = HttpListener.bindLoopback(LIMITS, this::answer);
    listener.start();
  }

  KubernetesApi client(Path directory) throws IOException {
    Path kubeconfig =
        Files.writeString(
            directory.resolve("kubeconfig"),
            """
            clusters: [{name: c, cluster: {server: "http://127.0.0.1:%d"}}]
            users: [{name: u, user: {token: secret}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """
                .formatted(listener.port()));
    return KubernetesApi.open(new ClusterAccess.Kubeconfig(List.of(kubeconfig)));
  }

  /// What is asked with this method at a path with this in it is answered with 403.
  synchronized void forbid(String method, String path) {
    forbidden.add(method + " " + path);
  }

  synchronized void allowAll() {
    forbidden.clear();
  }

  synchronized void put(String secretJson) {
    secret = versioned((ObjectNode) JSON.readTree(secretJson));
  }

  synchronized void configure(String configurationJson) {
    configuration = versioned((ObjectNode) JSON.readTree(configurationJson));
  }

  synchronized Optional<JsonNode> secret() {
    return Optional.ofNullable(secret).map(JsonNode::deepCopy);
  }

  /// What the webhook at this place in the configuration trusts, in Base64.
  synchronized String bundle(int index) {
    return configuration == null
        ? ""
        : configuration.at("/webhooks/" + index + "/clientConfig/caBundle").asString("");
  }

  synchronized List<Request> writes() {
    return List.copyOf(writes);
  }

  @Override
  public void close() {
    listener.close();
  }

  private synchronized Response answer(Request request) {
    for (String each : forbidden) {
      String[] parts = each.split(" ", -1);
      if (request.method().equals(parts[0]) && request.path().contains(parts[1])) {
        return status(403, "you may not");
      }
    }
    if (!request.method().equals("GET")) {
      writes.add(request);
    }
    return request.path().contains("/secrets") ? ofSecret(request) : ofConfiguration(request);
  }

  private Response ofSecret(Request request) {
    ObjectNode there = secret;
    if (request.method().equals("POST")) {
      if (there != null) {
        return status(409, "it exists already");
      }
      secret = versioned((ObjectNode) JSON.readTree(request.body()));
      return Response.json(201, "{}");
    }
    if (there == null) {
      return status(404, "no such secret");
    }
    if (request.method().equals("GET")) {
      return Response.json(200, there.toString());
    }
    ObjectNode patch = (ObjectNode) JSON.readTree(request.body());
    JsonNode expected = patch.at("/metadata/resourceVersion");
    if (!expected.equals(there.at("/metadata/resourceVersion"))) {
      return status(409, "it has been changed");
    }
    there.withObject("/data").setAll((ObjectNode) patch.path("data"));
    secret = versioned(there);
    return Response.json(200, "{}");
  }

  private Response ofConfiguration(Request request) {
    ObjectNode there = configuration;
    if (there == null) {
      return status(404, "no such configuration");
    }
    if (request.method().equals("GET")) {
      return Response.json(200, there.toString());
    }
    for (JsonNode change : JSON.readTree(request.body()).path("webhooks")) {
      for (JsonNode webhook : there.path("webhooks")) {
        if (webhook.path("name").equals(change.path("name"))) {
          ((ObjectNode) webhook.path("clientConfig"))
              .setAll((ObjectNode) change.path("clientConfig"));
        }
      }
    }
    return Response.json(200, "{}");
  }

  private ObjectNode versioned(ObjectNode object) {
    version++;
    object.withObject("/metadata").put("resourceVersion", String.valueOf(version));
    return object;
  }

  private static Response status(int code, String message) {
    return Response.json(
        code, JSON.createObjectNode().put("kind", "Status").put("message", message).toString());
  }
}
