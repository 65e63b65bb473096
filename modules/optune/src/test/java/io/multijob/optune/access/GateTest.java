package io.multijob.optune.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GateTest {
  private final Gate gate = new Gate(new Access.Token("s3cret"));

  @Test
  void anOpenServiceLetsEveryoneIn() {
    Gate open = new Gate(new Access.Open());

    assertThat(open.opensForProgram(asking("x", "y"))).isTrue();
    assertThat(open.opensForPerson(asking("x", "y"))).isTrue();
    assertThat(open.cookieFor("anything")).isEmpty();
  }

  @Test
  void theBearerTokenOpensForAll() {
    Request request = asking("authorization", "bearer s3cret");

    assertThat(gate.opensForProgram(request)).isTrue();
    assertThat(gate.opensForPerson(request)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer s3cre", "Bearer s3cret2", "Bearer", "Bearer ", "s3cret", "Basic ?"})
  void nothingElseDoes(String authorization) {
    Request request = asking("authorization", authorization);

    assertThat(gate.opensForProgram(request)).isFalse();
    assertThat(gate.opensForPerson(request)).isFalse();
  }

  @Test
  void thePasswordOpensForAPersonOnly() {
    String pair = Base64.getEncoder().encodeToString("me:s3cret".getBytes(UTF_8));
    Request request = asking("authorization", "Basic " + pair);

    assertThat(gate.opensForPerson(request)).isTrue();
    assertThat(gate.opensForProgram(request)).isFalse();
  }

  @Test
  void theCookieOpensForAPersonOnlyAndDoesNotHoldTheToken() {
    String cookie = gate.cookieFor("s3cret").orElseThrow();
    Request request = asking("cookie", "theme=dark; " + cookie.substring(0, cookie.indexOf(';')));

    assertThat(gate.opensForPerson(request)).isTrue();
    assertThat(gate.opensForProgram(request)).isFalse();
    assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain("s3cret");
  }

  @Test
  void anotherTokensCookieDoesNotOpen() {
    String cookie = new Gate(new Access.Token("other")).cookieFor("other").orElseThrow();

    assertThat(gate.opensForPerson(asking("cookie", cookie))).isFalse();
    assertThat(gate.cookieFor("other")).isEmpty();
  }

  private static Request asking(String header, String value) {
    return new Request(
        "GET", "/", Map.of(), Map.of(header, List.of(value)), new byte[0], "127.0.0.1");
  }
}
