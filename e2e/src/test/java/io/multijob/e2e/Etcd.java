package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.json.JsonMapper;

/// The store of a cluster of `e2e/cluster`, by its HTTP
/// [gateway](https://etcd.io/docs/latest/dev-guide/api_grpc_gateway/).
final class Etcd {
  private static final URI CLIENTS = URI.create("http://127.0.0.1:2379");

  private Etcd() {}

  /// Lets it forget all that was before now.
  static void compact() throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      String now = post(client, "/v3/kv/range", "{\"key\": \"AA==\"}");
      String revision = JsonMapper.shared().readTree(now).at("/header/revision").stringValue();
      post(client, "/v3/kv/compaction", "{\"revision\": \"%s\"}".formatted(revision));
    }
  }

  private static String post(HttpClient client, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(CLIENTS.resolve(path)).POST(BodyPublishers.ofString(body)).build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + ": " + answer.body()).isEqualTo(200);
    return answer.body();
  }
}
