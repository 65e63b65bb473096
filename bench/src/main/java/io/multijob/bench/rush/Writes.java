package io.multijob.bench.rush;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.api.ApiConnection;
import io.multijob.bench.api.ApiConnection.Answer;
import io.multijob.bench.pod.BenchPod;
import java.io.IOException;
import java.time.Instant;

/// What is written to the API server, on one connection.
///
/// Used by one thread.
public final class Writes implements AutoCloseable {
  private static final String JSON = "application/json";
  private static final String MERGE = "application/merge-patch+json";

  private final ApiConnection connection;
  private final String path;

  private Writes(ApiConnection connection, String namespace) {
    this.connection = connection;
    this.path = "/api/v1/namespaces/" + namespace + "/pods";
  }

  /// Connects.
  public static Writes open(ApiAddress address, String namespace) throws IOException {
    return new Writes(ApiConnection.open(address), namespace);
  }

  /// Creates the pod.
  ///
  /// @return its uid
  public String create(BenchPod pod) throws IOException {
    String created = connection.send("POST", path, JSON, pod.manifest()).orFail("a new pod").body();
    String before = "\"uid\":\"";
    int from = created.indexOf(before) + before.length();
    return created.substring(from, created.indexOf('"', from));
  }

  /// Writes that the pod runs.
  public void run(BenchPod pod) throws IOException {
    patch(pod, pod.running(Instant.now()));
  }

  /// Writes that the pod's workload has ended.
  ///
  /// @return when the API server answered, as [System#nanoTime()]
  public long end(BenchPod pod, String uid) throws IOException {
    return patch(pod, pod.ended(Instant.now(), uid)).nanos();
  }

  /// Deletes all pods of the namespace at once.
  public void deleteAll() throws IOException {
    connection
        .send("DELETE", path, JSON, "{\"gracePeriodSeconds\": 0}")
        .orFail("the deletion of all pods");
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private Answer patch(BenchPod pod, String status) throws IOException {
    return connection
        .send("PATCH", path + "/" + pod.name() + "/status", MERGE, status)
        .orFail("a status");
  }
}
