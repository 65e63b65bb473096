package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;

/// Keys and certificates made with OpenSSL, for `127.0.0.1` and nothing but these tests. Each
/// certificate vouches for itself.
final class TestKeys {
  private TestKeys() {}

  static String pem(String name) {
    try (InputStream in =
        Objects.requireNonNull(TestKeys.class.getResourceAsStream("/kubernetes/" + name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// As a kubeconfig has it in its `-data` fields.
  static String data(String name) {
    return Base64.getEncoder().encodeToString(pem(name).getBytes(UTF_8));
  }
}
