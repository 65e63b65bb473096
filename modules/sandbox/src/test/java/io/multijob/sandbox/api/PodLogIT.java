package io.multijob.sandbox.api;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class PodLogIT {
  private static final String LOG = Client.PODS + "/a/log";

  @TempDir private Path directory;
  private ApiServer server;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer(ApiServerConfig.of(this::logOf));
    server.start();
    client = new Client(server);
    client.createPod("a");
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void showsWhatAContainerHasPrinted() throws Exception {
    write("one\ntwo\nthree\n");

    assertThat(client.get(LOG).text()).isEqualTo("one\ntwo\nthree\n");
    assertThat(client.get(LOG + "?container=main&tailLines=2").text()).isEqualTo("two\nthree\n");
    assertThat(client.get(LOG + "?limitBytes=5").text()).isEqualTo("one\nt");
    assertThat(client.get(LOG + "?container=other").code()).isEqualTo(400);
  }

  @Test
  void aPodWithoutANodeHasPrintedNothing() throws Exception {
    Client.Answer answer = client.get(LOG);

    assertThat(answer.code()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void aContainerThatHasNotStartedHasNoLog() throws Exception {
    client.post(
        Client.PODS + "/a/binding",
        "{\"metadata\": {\"name\": \"a\"}, \"target\": {\"name\": \"n1\"}}");

    Client.Answer answer = client.get(LOG);

    assertThat(answer.code()).isEqualTo(400);
    assertThat(answer.at("message"))
        .isEqualTo("container \"main\" in pod \"a\" is waiting to start: ContainerCreating");
  }

  @Test
  void followsUntilTheContainerHasEnded() throws Exception {
    write("one\n");
    try (Watch log = client.watch(LOG + "?follow=true")) {
      assertThat(log.nextLine()).isEqualTo("one");

      Files.writeString(directory.resolve("default.a.main"), "two\n", APPEND);
      assertThat(log.nextLine()).isEqualTo("two");

      Files.writeString(directory.resolve("default.a.main"), "three\n", APPEND);
      client.patch(
          Client.PODS + "/a/status",
          Client.MERGE,
          """
          {"status": {"containerStatuses": [{"name": "main", "image": "", "imageID": "",
            "ready": false, "restartCount": 0, "state": {"terminated": {"exitCode": 0}}}]}}
          """);
      assertThat(log.nextLine()).isEqualTo("three");
      assertThat(log.nextLine()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNotKept() throws Exception {
    assertThat(client.get(LOG + "?timestamps=true").code()).isEqualTo(400);
    assertThat(client.get(LOG + "?previous=true").code()).isEqualTo(400);
  }

  private void write(String text) throws IOException {
    Files.writeString(directory.resolve("default.a.main"), text);
  }

  private Optional<Path> logOf(String namespace, String pod, String container) {
    Path file = directory.resolve(namespace + "." + pod + "." + container);
    return Files.exists(file) ? Optional.of(file) : Optional.empty();
  }
}
