package io.multijob.servo.initializer;

import io.multijob.sandbox.api.ApiServer;
import io.multijob.sandbox.api.ApiServerConfig;
import io.multijob.sandbox.api.Release;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.ResourcePath;
import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A cluster of 1.10 in which every pod waits for us, and what a person does with it.
final class LegacyCluster implements AutoCloseable {
  static final String FIRST = "first.example.org";
  static final String LAST = "last.example.org";

  private static final String ALL = "?includeUninitialized=true";

  private final ApiServer server;
  private final ApiClient client;
  private final KubernetesApi api;

  LegacyCluster(Path directory) throws IOException {
    server =
        new ApiServer(
            ApiServerConfig.of((namespace, pod, container) -> Optional.empty())
                .withRelease(new Release(10, List.of(PendingPod.NAME))));
    server.start();
    client = new ApiClient(server.url());
    Path kubeconfig = directory.resolve("kubeconfig");
    Files.writeString(kubeconfig, server.kubeconfig());
    api = KubernetesApi.open(new ClusterAccess.Kubeconfig(List.of(kubeconfig)));
  }

  ApiServer server() {
    return server;
  }

  KubernetesApi api() {
    return api;
  }

  void createNamespace(String name) throws IOException, InterruptedException {
    ObjectNode namespace = JsonMapper.shared().createObjectNode();
    namespace.putObject("metadata").put("name", name);
    done(client.create("/api/v1/namespaces", namespace));
  }

  /// Creates a pod and waits until it is initialized, as whoever creates one does.
  ObjectNode create(ObjectNode pod) throws IOException, InterruptedException {
    return done(client.create(path(pod, ""), pod));
  }

  /// Creates a pod and does not wait.
  ObjectNode createUninitialized(ObjectNode pod) throws IOException, InterruptedException {
    return done(client.create(path(pod, ALL), pod));
  }

  /// The pod as it is, initialized or not.
  ObjectNode get(String name) throws IOException, InterruptedException {
    return done(client.get(ResourcePath.pod("default", name) + ALL));
  }

  /// Merges `json` into a pod.
  void patch(String name, String json) throws IOException, InterruptedException {
    JsonNode patch = JsonMapper.shared().readTree(json);
    done(client.patch(ResourcePath.pod("default", name), patch));
  }

  void delete(String name) throws IOException, InterruptedException {
    done(client.delete(ResourcePath.pod("default", name), JsonMapper.shared().createObjectNode()));
  }

  /// A pod of ours: it has an app.
  static ObjectNode ours(String name) {
    ObjectNode pod = foreign("default", name);
    pod.withObject("metadata").putObject("labels").put("app", "a1");
    return pod;
  }

  static ObjectNode foreign(String namespace, String name) {
    ObjectNode pod = JsonMapper.shared().createObjectNode();
    pod.putObject("metadata").put("name", name).put("namespace", namespace);
    ObjectNode spec = pod.putObject("spec").put("restartPolicy", "Never");
    spec.putArray("containers").addObject().put("name", "main").put("image", "i");
    return pod;
  }

  /// The same pod, which waits for these.
  static ObjectNode waitingFor(ObjectNode pod, String... names) {
    ArrayNode pending = pod.withObject("metadata").putObject("initializers").putArray("pending");
    for (String name : names) {
      pending.addObject().put("name", name);
    }
    return pod;
  }

  static List<String> pending(JsonNode pod) {
    return pod.path("metadata")
        .path("initializers")
        .path("pending")
        .valueStream()
        .map(each -> each.path("name").asString())
        .toList();
  }

  @Override
  public void close() {
    api.close();
    client.close();
    server.close();
  }

  private static String path(ObjectNode pod, String query) {
    return ResourcePath.pods(pod.at("/metadata/namespace").asString()) + query;
  }

  private static ObjectNode done(Answer answer) {
    return switch (answer) {
      case Answer.Done(ObjectNode object) -> object;
      case Answer.Refused refused -> throw new AssertionError(refused.toString());
    };
  }
}
