package io.multijob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class WebhookCommandTest {
  private final Map<String, String> environment = new HashMap<>(); // no account either;

  @TempDir private Path directory = Path.of("");

  @Test
  void printsWhatLeadsToAServiceForTheNamespacesOfTheEnvironment() {
    environment.put("POD_NAMESPACES", "reports,billing");

    Result result = webhook("--service", "optune/servo");

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).contains("values: [\"billing\", \"reports\"]");
  }

  @Test
  void watchesTheNamespaceOfTheServiceWhereNoneIsNamed() {
    assertThat(webhook("--service", "optune/servo").out()).contains("values: [\"optune\"]");
  }

  @Test
  void byUrlTheWayToTheClusterNamesOurNamespace() throws Exception {
    environment.put(
        "KUBECONFIG",
        Files.writeString(
                directory.resolve("config"),
                """
                clusters: [{name: c, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: u, user: {token: secret}}]
                contexts: [{name: x, context: {cluster: c, user: u, namespace: mine}}]
                current-context: x
                """)
            .toString());

    assertThat(webhook("--url", "https://10.0.0.5:8443").out())
        .contains("url: \"https://10.0.0.5:8443/mutate\"", "values: [\"mine\"]");
  }

  @Test
  void refusesAUrlWithoutTls() {
    Result result = webhook("--url", "http://10.0.0.5:8443");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("servo webhook: expected https://");
  }

  @Test
  void wantsOneOfTheTwo() {
    assertThat(webhook().exitCode()).isEqualTo(2);
    assertThat(webhook("--service", "a/b", "--url", "https://c").exitCode()).isEqualTo(2);
  }

  @Test
  void saysAllThatIsWrongWithTheSettings() {
    environment.put("POD_NAMESPACES", "Not A Namespace");
    environment.put("LEASE", "Not A Lease");

    Result result = webhook("--service", "optune/servo");

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("LEASE", "POD_NAMESPACES");
  }

  private record Result(int exitCode, String out, String err) {}

  private Result webhook(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream usualOut = System.out;
    PrintStream usualErr = System.err;
    System.setOut(new PrintStream(out, true, UTF_8));
    System.setErr(new PrintStream(err, true, UTF_8));
    try {
      int exitCode = new CommandLine(new WebhookCommand(environment)).execute(arguments);
      return new Result(exitCode, out.toString(UTF_8), err.toString(UTF_8));
    } finally {
      System.setOut(usualOut);
      System.setErr(usualErr);
    }
  }
}
