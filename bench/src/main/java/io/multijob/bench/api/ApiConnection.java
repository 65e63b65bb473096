package io.multijob.bench.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// One kept connection, HTTP/1.1: a request, its answer, the next request.
///
/// Used by one thread at a time; closed by any.
public final class ApiConnection implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final ApiAddress address;
  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  private ApiConnection(ApiAddress address, Socket socket) throws IOException {
    this.address = address;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    this.out = socket.getOutputStream();
  }

  /// An answer, read whole.
  ///
  /// @param nanos when its head was there, as [System#nanoTime()]
  public record Answer(int status, long nanos, String body) {

    /// This, if it is one of success.
    public Answer orFail(String what) throws IOException {
      if (status / 100 != 2) {
        throw new IOException("%s was answered with %d: %s".formatted(what, status, body));
      }
      return this;
    }
  }

  /// The beginning of an answer.
  private record Head(int status, Map<String, String> headers) {
    boolean chunked() {
      return headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
    }

    int length() {
      return Integer.parseInt(headers.getOrDefault("content-length", "0"));
    }
  }

  /// Connects.
  public static ApiConnection open(ApiAddress address) throws IOException {
    return new ApiConnection(address, address.connect());
  }

  /// Sends a request and waits for the whole answer.
  ///
  /// @param type of the body; without meaning where that is empty
  public Answer send(String method, String path, String type, String body) throws IOException {
    write(method, path, type, body.getBytes(UTF_8));
    Head head = readHead();
    long nanos = System.nanoTime();
    try (InputStream content = head.chunked() ? new ChunkedInput(in) : null) {
      byte[] bytes = content == null ? in.readNBytes(head.length()) : content.readAllBytes();
      return new Answer(head.status(), nanos, new String(bytes, UTF_8));
    }
  }

  /// Sends a GET whose answer is read as it comes, up to the end of the connection's use.
  public InputStream stream(String path) throws IOException {
    write("GET", path, "", new byte[0]);
    Head head = readHead();
    if (head.status() != 200 || !head.chunked()) {
      throw new IOException("%s was answered with %d".formatted(path, head.status()));
    }
    return new ChunkedInput(in);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void write(String method, String path, String type, byte[] body) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(address.server().getHost()).append("\r\n");
    head.append("Accept: application/json\r\n");
    if (!address.token().isEmpty()) {
      head.append("Authorization: Bearer ").append(address.token()).append("\r\n");
    }
    if (!type.isEmpty()) {
      head.append("Content-Type: ").append(type).append("\r\n");
    }
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(ISO_8859_1);
    byte[] request = new byte[start.length + body.length];
    System.arraycopy(start, 0, request, 0, start.length);
    System.arraycopy(body, 0, request, start.length, body.length);
    out.write(request);
    out.flush();
  }

  private Head readHead() throws IOException {
    String status = readLine(in);
    Map<String, String> headers = new HashMap<>();
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    return new Head(Integer.parseInt(status.substring(9, 12)), headers);
  }

  /// A line without its end.
  static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read != '\n'; read = in.read()) {
      if (read < 0) {
        throw new EOFException("the connection ended within an answer");
      }
      if (read != '\r') {
        line.append((char) read);
      }
    }
    return line.toString();
  }
}
