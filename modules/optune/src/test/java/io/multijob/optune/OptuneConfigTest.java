package io.multijob.optune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.optune.access.Access;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OptuneConfigTest {

  @Test
  void listensOnLoopbackByDefault() {
    OptuneConfig config = OptuneConfig.from(Map.of("OPTUNE_STATE_DIR", " "));

    assertThat(config.listen()).hasToString("/127.0.0.1:8090");
    assertThat(config.stateDirectory()).isEqualTo(Path.of("/var/lib/optune"));
    assertThat(config.access()).isEqualTo(new Access.Open());
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0:80, 0.0.0.0, 80",
    ":8090, 0.0.0.0, 8090",
    "[::1]:0, 0:0:0:0:0:0:0:1, 0",
  })
  void listensWhereItIsTold(String listen, String address, int port) {
    InetSocketAddress found = OptuneConfig.from(Map.of("OPTUNE_LISTEN", listen)).listen();

    assertThat(found.getAddress().getHostAddress()).isEqualTo(address);
    assertThat(found.getPort()).isEqualTo(port);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    Map<String, String> environment =
        Map.of(
            "OPTUNE_LISTEN", "8090",
            "OPTUNE_STATE_DIR", "a\0b",
            "OPTUNE_AUTH_TOKEN", "s3cret with spaces");

    assertThatThrownBy(() -> OptuneConfig.from(environment))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            """
            OPTUNE_LISTEN: expected host:port such as 127.0.0.1:8090, found "8090"
            OPTUNE_STATE_DIR: not a path: Nul character not allowed
            OPTUNE_AUTH_TOKEN: expected printable ASCII without spaces\
            """);
  }

  @ParameterizedTest
  @CsvSource({"::1:8090", "localhost:99999", "localhost:", "localhost:http"})
  void refusesWhatIsNoAddress(String listen) {
    assertThatThrownBy(() -> OptuneConfig.from(Map.of("OPTUNE_LISTEN", listen)))
        .hasMessageStartingWith("OPTUNE_LISTEN: expected host:port");
  }

  @Test
  void neverPrintsTheToken() {
    OptuneConfig config = OptuneConfig.from(Map.of("OPTUNE_AUTH_TOKEN", "s3cret"));

    assertThat(config.toString()).contains("redacted").doesNotContain("s3cret");
  }

  @Test
  void noticesMisspeltVariablesAndNoOthers() {
    Map<String, String> environment =
        Map.of(
            "OPTUNE_LISTN", "",
            "OPTUNE_AUTHTOKEN", "",
            "OPTUNE_LISTEN", "",
            "OPTUNE_URL", "",
            "OPTUNE_PORT_80_TCP", "",
            "OPTUNE_SERVICE_HOST", "");

    assertThat(OptuneConfig.misspelt(environment))
        .containsExactly(
            "OPTUNE_AUTHTOKEN: unknown, did you mean OPTUNE_AUTH_TOKEN?",
            "OPTUNE_LISTN: unknown, did you mean OPTUNE_LISTEN?");
  }
}
