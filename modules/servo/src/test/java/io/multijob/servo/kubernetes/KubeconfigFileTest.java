package io.multijob.servo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KubeconfigFileTest {
  @TempDir private Path directory;

  @Test
  void theCurrentContextSaysWhichServerAndNamespace() throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            preferences: {}
            clusters:
            - name: one
              cluster: {server: "https://one:6443"}
            - name: two
              cluster:
                server: https://two:6443/
                extensions: [{name: x, extension: {}}]
            contexts:
            - {name: first, context: {cluster: one, user: me}}
            - {name: second, context: {cluster: two, user: me, namespace: batch}}
            users: [{name: me, user: {token: secret, exec: null}}]
            current-context: second
            """);

    PlainAccess access = KubeconfigFile.read(file).access().orElseThrow();

    assertThat(access.server()).isEqualTo("https://two:6443");
    assertThat(access.namespace()).isEqualTo("batch");
    assertThat(access.token().token()).isEqualTo("secret");
    assertThat(access.authorities()).isEmpty();
    assertThat(access.certificates()).isEmpty();
  }

  @Test
  void certificatesAndKeysMayBeWrittenInIt() throws Exception {
    PlainAccess access =
        access(
                "certificate-authority-data: " + TestKeys.data("rsa.crt"),
                "client-certificate-data: %s, client-key-data: %s"
                    .formatted(TestKeys.data("ec.crt"), TestKeys.data("ec.sec1")))
            .orElseThrow();

    assertThat(access.authorities()).hasSize(1);
    assertThat(access.certificates().getFirst().key().getAlgorithm()).isEqualTo("EC");
    assertThat(access.token().token()).isEmpty();
  }

  @Test
  void orInFilesBesideIt() throws Exception {
    Files.createDirectory(directory.resolve("pki"));
    for (String name : new String[] {"rsa.crt", "ec.crt", "ec.pkcs8"}) {
      Files.writeString(directory.resolve("pki").resolve(name), TestKeys.pem(name));
    }

    PlainAccess access =
        access(
                "certificate-authority: pki/rsa.crt",
                "client-certificate: pki/ec.crt, client-key: %s/pki/ec.pkcs8".formatted(directory))
            .orElseThrow();

    assertThat(access.authorities()).hasSize(1);
    assertThat(access.certificates().getFirst().chain()).hasSize(1);
  }

  @Test
  void aTokenFileIsReadForEachRequestAndComesBeforeAToken() throws Exception {
    Files.writeString(directory.resolve("token"), "first\n");
    TokenSource tokens =
        access("extensions: []", "token: other, tokenFile: token").orElseThrow().token();

    assertThat(tokens.token()).isEqualTo("first");
    Files.writeString(directory.resolve("token"), "second\n");
    assertThat(tokens.token()).isEqualTo("second");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "insecure-skip-tls-verify: true",
        "proxy-url: http://proxy:3128",
        "tls-server-name: other",
      })
  void whatAServerAsksForBeyondFilesIsForTheLibrary(String field) throws Exception {
    assertThat(access(field, "token: secret")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec: {command: aws, apiVersion: client.authentication.k8s.io/v1}",
        "auth-provider: {name: oidc}",
        "username: me, password: secret",
        "as: other",
      })
  void soIsWhatAUserAsksForBeyondFiles(String field) throws Exception {
    assertThat(access("extensions: []", field)).isEmpty();
  }

  @Test
  void soIsAFileWithoutACurrentContext() throws Exception {
    Path file = Files.writeString(directory.resolve("config"), "kind: Config\n");

    assertThat(KubeconfigFile.read(file).access()).isEmpty();
  }

  @Test
  void aFileThatIsMissingIsNamed() {
    assertThatThrownBy(() -> access("certificate-authority: nowhere.crt", "token: secret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere.crt");
  }

  @Test
  void dataThatIsNoBase64IsNamed() {
    assertThatThrownBy(() -> access("certificate-authority-data: '$$$='", "token: secret"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("certificate-authority");
  }

  private Optional<PlainAccess> access(String cluster, String user) throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("config"),
            """
            clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443", %s}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            users: [{name: u, user: {%s}}]
            current-context: x
            """
                .formatted(cluster, user));
    return KubeconfigFile.read(file).access();
  }
}
