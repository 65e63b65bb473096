package io.multijob.servo.kubernetes;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/// Opens authenticated requests to the API server. Retries nothing: who asks knows when to ask
/// again.
///
/// One connection a stream (HTTP/1.1): a stream given up for dead takes its connection with it,
/// while on a shared one the next stream would be dead as well.
///
/// Thread-safe.
public final class KubernetesApi implements AutoCloseable {
  private static final int HTTP_UNAUTHORIZED = 401;
  private static final int HTTP_FORBIDDEN = 403;
  private static final String JSON = "application/json";
  private static final String METADATA =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

  private static final String METADATA_LIST =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";

  private final Connections connections;
  private final String server;
  private final String namespace;

  private KubernetesApi(Connections connections) throws IOException {
    this.connections = connections;
    this.server = connections.current().server();
    this.namespace = connections.current().namespace();
  }

  /// Makes the client. Nothing is sent before the first request.
  ///
  /// @throws IOException if the access's files cannot be read or understood
  public static KubernetesApi open(ClusterAccess access) throws IOException {
    return open(access, ServerTrust.AUTHORITIES);
  }

  /// As [#open(ClusterAccess)], for servers that are trusted so.
  public static KubernetesApi open(ClusterAccess access, ServerTrust trust) throws IOException {
    try {
      return new KubernetesApi(Connections.open(access, trust));
    } catch (IOException e) {
      throw new IOException("cannot make a client from " + access + ": " + describe(e), e);
    }
  }

  /// Where the API server is, or was at first.
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
    Connection connection = connections.current();
    return exchange(connection, request(connection, path, JSON), silence);
  }

  /// As [#get], of another server that knows us by the same credentials: a kubelet.
  ///
  /// @param other its URL, without a `/` at the end
  public ApiResponse getFrom(String other, String path, Duration silence)
      throws IOException, InterruptedException {
    Connection connection = connections.current().at(other);
    return exchange(connection, request(connection, path, JSON), silence);
  }

  /// As [#get], and of the objects in the answer there is the metadata only.
  public ApiResponse getMetadata(String path, Duration silence)
      throws IOException, InterruptedException {
    Connection connection = connections.current();
    return exchange(connection, request(connection, path, METADATA_LIST), silence);
  }

  /// Sends something that has a body and returns as soon as the answer has begun, whatever its
  /// status. Of the object that it is about, the answer has the metadata only.
  ///
  /// @param silence as for [#get]
  /// @throws IOException as for [#get]
  public ApiResponse send(ApiRequest request, Duration silence)
      throws IOException, InterruptedException {
    Connection connection = connections.current();
    HttpRequest.Builder builder =
        request(connection, request.path(), METADATA)
            .method(request.method(), request.contentType(), request.body());
    return exchange(connection, builder, silence);
  }

  /// As [#send], and the answer has all of the object.
  public ApiResponse ask(ApiRequest request, Duration silence)
      throws IOException, InterruptedException {
    Connection connection = connections.current();
    HttpRequest.Builder builder =
        request(connection, request.path(), JSON)
            .method(request.method(), request.contentType(), request.body());
    return exchange(connection, builder, silence);
  }

  private ApiResponse exchange(Connection connection, HttpRequest.Builder request, Duration silence)
      throws IOException, InterruptedException {
    PulledBody body = new PulledBody(silence);
    HttpResponse<AsyncBody> response =
        await(connection, connection.client().consumeBytes(request.build(), body), silence);
    body.begin(response.body());
    if (response.code() == HTTP_UNAUTHORIZED || response.code() == HTTP_FORBIDDEN) {
      connections.doubt();
    }
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
    connections.close();
  }

  private static HttpRequest.Builder request(Connection connection, String path, String accept)
      throws IOException {
    HttpRequest.Builder request =
        connection
            .client()
            .newHttpRequestBuilder()
            .uri(connection.server() + path)
            .setHeader("Accept", accept)
            .setHeader("User-Agent", Connection.USER_AGENT)
            .forStreaming();
    String token = token(connection);
    return token.isEmpty() ? request : request.setHeader("Authorization", "Bearer " + token);
  }

  private static String token(Connection connection) throws IOException {
    try {
      return connection.token().token();
    } catch (IOException e) {
      throw new IOException("cannot read the token: " + describe(e), e);
    }
  }

  private HttpResponse<AsyncBody> await(
      Connection connection, CompletableFuture<HttpResponse<AsyncBody>> answer, Duration silence)
      throws IOException, InterruptedException {
    try {
      return answer.get(silence.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof SSLException) {
        connections.doubt();
      }
      throw new IOException("cannot reach " + connection.server() + ": " + describe(cause), cause);
    } catch (TimeoutException e) {
      abandon(answer);
      throw new IOException(
          "no answer from %s within %d s".formatted(connection.server(), silence.toSeconds()), e);
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
}
