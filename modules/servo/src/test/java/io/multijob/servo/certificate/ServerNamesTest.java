package io.multijob.servo.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ServerNamesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          https://servo.example.com:8443/admit | servo.example.com
          https://10.1.2.3:8443                | 10.1.2.3
          https://[2001:DB8::1]:8443/          | 2001:db8:0:0:0:0:0:1
          https://Servo.Example.COM            | servo.example.com
          """)
  void aUrlHasItsHost(String url, String host) {
    assertThat(ServerNames.of(ServerNames.ofUrl(url)).names())
        .containsExactlyInAnyOrder("127.0.0.1", "localhost", host);
  }

  @ParameterizedTest
  @CsvSource({"''", "https:///path", "no url", "https://under_score/"})
  void whatLeadsToNoHostAddsNone(String url) {
    assertThat(ServerNames.of(ServerNames.ofUrl(url))).isEqualTo(ServerNames.LOOPBACK);
  }

  @Test
  void aServiceHasTheNamesByWhichAClusterReachesIt() {
    assertThat(ServerNames.ofService("tools", "servo"))
        .containsExactly("servo.tools.svc", "servo.tools.svc.cluster.local");
  }

  @Test
  void aCertificateGivesBackTheNamesItWasMadeFor() throws Exception {
    Issuer issuer = new Issuer(Lifetimes.DEFAULT);
    Instant now = Instant.parse("2026-11-22T00:00:00Z");
    ServerNames names =
        ServerNames.of(List.of("servo.tools.svc", "2001:db8::1", "10.1.2.3", "a.b", "1.2.3.4.5"));

    CertifiedKey leaf = issuer.leaf(issuer.authority(now), names, now);

    assertThat(ServerNames.of(leaf.certificate())).isEqualTo(names);
  }
}
