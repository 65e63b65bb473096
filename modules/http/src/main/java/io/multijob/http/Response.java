package io.multijob.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer, whole or as a stream.
public sealed interface Response {

  int status();

  /// Header fields by name, as they are sent.
  Map<String, String> headers();

  /// This answer with one more header.
  Response with(String header, String value);

  /// An answer whose length is known.
  @SuppressWarnings("ArrayRecordComponent") // a body is a value here: made once, compared by nobody
  record Complete(int status, Map<String, String> headers, byte[] body) implements Response {
    public Complete {
      headers = Map.copyOf(headers);
    }

    @Override
    public Complete with(String header, String value) {
      return new Complete(status, added(headers, header, value), body);
    }
  }

  /// An answer that is written as it comes, in chunks. Flush what the client should see now.
  record Streaming(int status, Map<String, String> headers, Writer writer) implements Response {
    public Streaming {
      headers = Map.copyOf(headers);
    }

    @Override
    public Streaming with(String header, String value) {
      return new Streaming(status, added(headers, header, value), writer);
    }
  }

  /// Writes the body of a [Streaming] answer.
  @FunctionalInterface
  interface Writer {

    /// Writes until there is no more; the connection is closed cleanly on return.
    ///
    /// @throws IOException when the client has gone, or to cut the connection off in the middle
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  static Complete of(int status, String contentType, byte[] body) {
    return new Complete(status, Map.of("Content-Type", contentType), body);
  }

  static Complete json(int status, String json) {
    return json(status, json.getBytes(UTF_8));
  }

  static Complete json(int status, byte[] json) {
    return of(status, "application/json", json);
  }

  static Complete text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  static Complete empty(int status) {
    return new Complete(status, Map.of(), new byte[0]);
  }

  static Streaming stream(String contentType, Writer writer) {
    return new Streaming(200, Map.of("Content-Type", contentType), writer);
  }

  private static Map<String, String> added(
      Map<String, String> headers, String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return more;
  }
}
