package io.multijob.optune.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Request;
import io.multijob.optune.run.AppKey;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Measurement;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Finds what tells a run from all others, so that a report sent twice is one run: the sender's
/// `Idempotency-Key`, else its pod's uid, else a digest of the report itself.
final class RunId {
  private static final int MAX_LENGTH = 255;

  private RunId() {}

  /// @throws IllegalArgumentException with a message for the sender, if the key is of no use
  static String of(Request request, AppKey app, Measurement measurement) {
    return request
        .header("idempotency-key")
        .map(RunId::check)
        .or(() -> measurement.annotations().get(Annotation.POD_UID).map(RunId::check))
        .orElseGet(() -> digest(request, app));
  }

  private static String check(String id) {
    if (id.isBlank() || id.length() > MAX_LENGTH || id.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "Idempotency-Key, or annotation pod_uid: expected 1 to "
              + MAX_LENGTH
              + " printable characters, found "
              + id.length());
    }
    return id;
  }

  private static String digest(Request request, AppKey app) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((app.account() + '\0' + app.appId() + '\0').getBytes(UTF_8));
      return "sha256-" + HexFormat.of().formatHex(digest.digest(request.body()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
