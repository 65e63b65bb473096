package io.multijob.optune.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Request;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Tells who knows the token. Secrets are compared by their HMACs in constant time, so that how
/// long a refusal takes says nothing of how close the guess was.
///
/// Thread-safe.
public final class Gate {
  private static final String COOKIE = "optune";
  private static final String COOKIE_PURPOSE = "optune page cookie 1";
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private final Access access;

  public Gate(Access access) {
    this.access = access;
  }

  /// Whether a program may ask: by `Authorization: Bearer`.
  public boolean opensForProgram(Request request) {
    return switch (access) {
      case Access.Open() -> true;
      case Access.Token(String secret) ->
          authorization(request, BEARER).filter(given -> same(given, secret)).isPresent();
    };
  }

  /// Whether a person may ask: like a program, by the cookie, or by `Authorization: Basic` with the
  /// token as password and any name.
  public boolean opensForPerson(Request request) {
    return opensForProgram(request)
        || switch (access) {
          case Access.Open() -> true;
          case Access.Token(String secret) ->
              cookie(request).filter(given -> same(given, cookieValue(secret))).isPresent()
                  || password(request).filter(given -> same(given, secret)).isPresent();
        };
  }

  /// The `Set-Cookie` that lets the browser in from now on, if the given token is the right one.
  /// Its value is derived from the token, which cannot be had from it.
  public Optional<String> cookieFor(String given) {
    return switch (access) {
      case Access.Open() -> Optional.empty();
      case Access.Token(String secret) ->
          same(given, secret)
              ? Optional.of(
                  COOKIE
                      + "="
                      + cookieValue(secret)
                      + "; Path=/; Max-Age=2592000; HttpOnly; SameSite=Strict")
              : Optional.empty();
    };
  }

  private static Optional<String> authorization(Request request, String scheme) {
    return request
        .header("authorization")
        .filter(value -> value.regionMatches(true, 0, scheme, 0, scheme.length()))
        .map(value -> value.substring(scheme.length()).strip());
  }

  private static Optional<String> cookie(Request request) {
    return request.header("cookie").stream()
        .flatMap(header -> Arrays.stream(header.split(";", -1)))
        .map(String::strip)
        .filter(pair -> pair.startsWith(COOKIE + "="))
        .map(pair -> pair.substring(COOKIE.length() + 1))
        .findFirst();
  }

  private static Optional<String> password(Request request) {
    return authorization(request, BASIC)
        .flatMap(Gate::decode)
        .filter(pair -> pair.contains(":"))
        .map(pair -> pair.substring(pair.indexOf(':') + 1));
  }

  private static Optional<String> decode(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String cookieValue(String secret) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(secret, COOKIE_PURPOSE));
  }

  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(hmac(expected, given), hmac(expected, expected));
  }

  private static byte[] hmac(String key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key.getBytes(UTF_8), mac.getAlgorithm()));
      return mac.doFinal(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
