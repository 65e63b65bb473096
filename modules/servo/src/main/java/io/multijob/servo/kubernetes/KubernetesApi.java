package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.multijob.servo.kubernetes.ClusterAccess.Kubeconfig;
import io.multijob.servo.kubernetes.ClusterAccess.ServiceAccount;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Opens authenticated requests to the API server. Retries nothing: who asks knows when to ask
/// again.
///
/// One connection a stream (HTTP/1.1): a stream given up for dead takes its connection with it,
/// while on a shared one the next stream would be dead as well.
///
/// Thread-safe.
public final class KubernetesApi implements AutoCloseable {
  private static final int CONNECT_MILLIS = 10_000;

  private final HttpClient client;
  private final String server;
  private final String namespace;

  private KubernetesApi(HttpClient client, String server, String namespace) {
    this.client = client;
    this.server = server;
    this.namespace = namespace;
  }

  /// Makes the client. Nothing is sent before the first request.
  ///
  /// @throws IOException if the access's files cannot be read or understood
  public static KubernetesApi open(ClusterAccess access) throws IOException {
    try {
      Config config =
          new ConfigBuilder(configOf(access))
              .withHttp2Disable(true)
              .withConnectionTimeout(CONNECT_MILLIS)
              .withRequestRetryBackoffLimit(0)
              .withUserAgent("servo-k8s-multijob")
              .build();
      String server = config.getMasterUrl().replaceFirst("/+$", "");
      return new KubernetesApi(
          new JdkHttpClientFactory().newBuilder(config).build(), server, namespaceOf(config));
    } catch (KubernetesClientException | IllegalArgumentException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("cannot make a client from " + access + ": " + describe(cause), e);
    }
  }

  /// Where the API server is.
  public String server() {
    return server;
  }

  /// Sends a GET and returns as soon as the answer has begun, whatever its status.
  ///
  /// @param path with its query, from `/` on
  /// @param silence how long nothing may come, before the answer or within it, until it is given up
  ///   with a [java.net.SocketTimeoutException]
  /// @throws IOException if the server cannot be reached or does not answer in time
  public ApiResponse get(String path, Duration silence) throws IOException, InterruptedException {
    HttpRequest request =
        client
            .newHttpRequestBuilder()
            .uri(server + path)
            .header("Accept", "application/json")
            .forStreaming()
            .build();
    PulledBody body = new PulledBody(silence);
    HttpResponse<AsyncBody> response = await(client.consumeBytes(request, body), silence);
    body.begin(response.body());
    List<String> retryAfter = response.headers("Retry-After");
    return new ApiResponse(
        response.code(),
        retryAfter == null || retryAfter.isEmpty() ? "" : retryAfter.getFirst(),
        body);
  }

  /// Our own namespace: the kubeconfig's context's, or the service account's; `default` where
  /// neither says.
  public String namespace() {
    return namespace;
  }

  @Override
  public void close() {
    client.close();
  }

  private static HttpResponse<AsyncBody> await(
      CompletableFuture<HttpResponse<AsyncBody>> answer, Duration silence)
      throws IOException, InterruptedException {
    try {
      return answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(describe(cause), cause);
    } catch (TimeoutException e) {
      abandon(answer);
      throw new IOException("no answer within " + silence.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      abandon(answer);
      throw e;
    }
  }

  /// An answer that comes after we have stopped waiting holds a connection. The library ends that
  /// of a request that was cancelled; one that came just before is ended here.
  private static void abandon(CompletableFuture<HttpResponse<AsyncBody>> answer) {
    if (!answer.cancel(true) && answer.state() == Future.State.SUCCESS) {
      answer.resultNow().body().cancel();
    }
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return message == null || message.isBlank() ? name : name + ": " + message;
  }

  private static Config configOf(ClusterAccess access) throws IOException {
    return switch (access) {
      case Kubeconfig(List<Path> files) when files.size() == 1 ->
          Config.fromKubeconfig(files.getFirst().toFile());
      case Kubeconfig several -> merged(several);
      case ServiceAccount account -> configOf(account);
    };
  }

  private static Config configOf(ServiceAccount account) throws IOException {
    Path folder = account.account();
    ConfigBuilder config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl(account.server().toString())
            .withNamespace(namespaceOf(folder))
            .withOauthTokenProvider(() -> token(folder));
    Path authority = folder.resolve("ca.crt");
    return Files.isReadable(authority)
        ? config.withCaCertFile(authority.toString()).build()
        : config.build();
  }

  /// The files of one `KUBECONFIG`. The library merges those that the process's environment names.
  private static Config merged(Kubeconfig kubeconfig) throws IOException {
    List<Path> ofTheProcess = new ArrayList<>();
    Config.getKubeconfigFilenames().forEach(name -> ofTheProcess.add(Path.of(name)));
    if (!ofTheProcess.containsAll(kubeconfig.files())) {
      throw new IOException("several files are merged only from the process's own KUBECONFIG");
    }
    return Config.autoConfigure(null);
  }

  private static String namespaceOf(Config config) {
    String namespace = config.getNamespace();
    return namespace == null || namespace.isBlank() ? "default" : namespace;
  }

  private static String namespaceOf(Path account) throws IOException {
    Path file = account.resolve("namespace");
    return Files.isReadable(file) ? Files.readString(file, UTF_8).strip() : "default";
  }

  private static String token(Path account) {
    try {
      return Files.readString(account.resolve("token"), UTF_8).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the service account's token", e);
    }
  }
}
