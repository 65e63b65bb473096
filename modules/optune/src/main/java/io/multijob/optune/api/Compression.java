package io.multijob.optune.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// Makes large answers small for clients that can read them so: a thousand apps are 1.2 MB of JSON,
/// and a tenth of that when packed.
final class Compression {
  private static final int WORTHWHILE_BYTES = 16_384;

  private Compression() {}

  static Response of(Response response, Request request) throws IOException {
    boolean accepted =
        request.header("accept-encoding").filter(all -> all.contains("gzip")).isPresent();
    return accepted
            && response instanceof Response.Complete complete
            && complete.body().length >= WORTHWHILE_BYTES
        ? new Response.Complete(complete.status(), complete.headers(), zip(complete.body()))
            .with("Content-Encoding", "gzip")
            .with("Vary", "Accept-Encoding")
        : response;
  }

  private static byte[] zip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(plain.length / 4);
    try (FastGzip zip = new FastGzip(out)) {
      zip.write(plain);
    }
    return out.toByteArray();
  }

  /// The standard stream packs harder than pays for answers that are read once.
  private static final class FastGzip extends GZIPOutputStream {
    private FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
