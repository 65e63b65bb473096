package io.multijob.optune;

import io.multijob.optune.access.Access;
import io.multijob.optune.run.Run;
import io.multijob.optune.run.Runs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A service of a test and who talks to it.
final class Client implements AutoCloseable {
  private final Optune optune;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<String> headers = new ArrayList<>();

  private Client(Optune optune) {
    this.optune = optune;
  }

  static Client ofOpenService(Path directory) throws IOException {
    return of(directory, new Access.Open());
  }

  static Client of(Path directory, Access access) throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    Client client = new Client(new Optune(new OptuneConfig(anyPort, directory, access)));
    client.optune.start();
    return client;
  }

  /// Sends the header with each request from now on.
  Client with(String header, String value) {
    headers.add(header);
    headers.add(value);
    return this;
  }

  URI url() {
    return optune.url();
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofString());
  }

  JsonNode json(String path) throws IOException, InterruptedException {
    return JsonMapper.shared().readTree(get(path).body());
  }

  HttpResponse<String> post(String path, byte[] body) throws IOException, InterruptedException {
    return http.send(
        request(path).POST(BodyPublishers.ofByteArray(body)).build(), BodyHandlers.ofString());
  }

  /// Reports the run under its id.
  HttpResponse<String> report(Run run) throws IOException, InterruptedException {
    return http.send(
        request(pathOf(run.app().account(), run.app().appId()))
            .header("Idempotency-Key", run.id())
            .POST(BodyPublishers.ofByteArray(Runs.body(run)))
            .build(),
        BodyHandlers.ofString());
  }

  HttpResponse<java.io.InputStream> stream(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), BodyHandlers.ofInputStream());
  }

  static String pathOf(String account, String appId) {
    return "/metrics/" + encode(account) + "/" + encode(appId) + "/servo";
  }

  @Override
  public void close() throws IOException {
    optune.close();
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(optune.url().resolve(path)).timeout(Duration.ofSeconds(20));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    return request;
  }

  private static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
