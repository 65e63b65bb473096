package io.multijob.optune.page;

import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;

/// One file of the page, held as it is sent.
@SuppressWarnings("ArrayRecordComponent") // made once, compared by nobody
record Asset(String contentType, String tag, byte[] plain, byte[] zipped) {

  /// @throws IllegalStateException if this module has no such resource
  static Asset load(String file, String contentType) {
    try (InputStream in = Asset.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the page's file is missing: " + file);
      }
      byte[] plain = in.readAllBytes();
      return new Asset(contentType, '"' + digest(plain) + '"', plain, zip(plain));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Response answer(Request request) {
    if (request.header("if-none-match").filter(known -> known.contains(tag)).isPresent()) {
      return with(Response.empty(304));
    }
    boolean zip =
        zipped.length < plain.length
            && request.header("accept-encoding").filter(all -> all.contains("gzip")).isPresent();
    Response response = with(Response.of(200, contentType, zip ? zipped : plain));
    return zip ? response.with("Content-Encoding", "gzip") : response;
  }

  private Response with(Response response) {
    return response
        .with("ETag", tag)
        .with("Cache-Control", "no-cache")
        .with("Vary", "Accept-Encoding");
  }

  private static byte[] zip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
      zip.write(plain);
    }
    return out.toByteArray();
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
