package io.multijob.optune.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OriginsTest {
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 8090);
  private static final InetSocketAddress ANYWHERE = new InetSocketAddress(8090);

  @ParameterizedTest
  @CsvSource({
    "localhost:8090, true",
    "LOCALHOST, true",
    "optune.localhost:8090, true",
    "127.0.0.1:8090, true",
    "[::1]:8090, true",
    "evil.example:8090, false",
    "127.0.0.1.evil.example, false",
    "localhost.evil.example, false",
    "'', false",
  })
  void onLoopbackWithoutATokenItAnswersOnlyToNamesOfLoopback(String host, boolean trusted) {
    Origins origins = Origins.of(LOOPBACK, new Access.Open());

    assertThat(origins.trustsHost(asking(Map.of("host", List.of(host))))).isEqualTo(trusted);
  }

  @Test
  void withATokenOrOnTheNetworkItAnswersToAnyName() {
    Request request = asking(Map.of("host", List.of("optune.example")));

    assertThat(Origins.of(LOOPBACK, new Access.Token("x")).trustsHost(request)).isTrue();
    assertThat(Origins.of(ANYWHERE, new Access.Open()).trustsHost(request)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8090, true",
    "https://localhost:8090, true",
    "http://localhost:8091, false",
    "http://evil.example, false",
    "null, false",
    "not a URL, false",
  })
  void trustsOnlyItsOwnPage(String origin, boolean trusted) {
    Origins origins = Origins.of(LOOPBACK, new Access.Open());
    Request request = asking(Map.of("host", List.of("localhost:8090"), "origin", List.of(origin)));

    assertThat(origins.trustsOrigin(request)).isEqualTo(trusted);
  }

  @Test
  void trustsProgramsWhichSayNoOrigin() {
    Origins origins = Origins.of(LOOPBACK, new Access.Open());

    assertThat(origins.trustsOrigin(asking(Map.of("host", List.of("localhost:8090"))))).isTrue();
  }

  private static Request asking(Map<String, List<String>> headers) {
    return new Request("POST", "/", Map.of(), headers, new byte[0], "127.0.0.1");
  }
}
