package io.multijob.bench.pod;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class PodLifeTest {
  private static final JsonMapper JSON = new JsonMapper();

  @Test
  void leadsFromCreationToDeletion() throws IOException {
    List<JsonNode> events =
        PodLife.recorded().events().stream()
            .map(event -> JSON.readTree(event.line(1, RecordedEvent.FIRST_VERSION)))
            .toList();

    assertThat(events.getFirst().get("type").asString()).isEqualTo("ADDED");
    assertThat(events.getLast().get("type").asString()).isEqualTo("DELETED");
    assertThat(events)
        .extracting(event -> event.get("object").get("status").get("phase").asString())
        .containsSubsequence("Pending", "Running", "Succeeded");
  }

  @Test
  void isOfSevenKilobytesAnEvent() throws IOException {
    assertThat(PodLife.recorded().meanLength()).isBetween(7_000.0, 7_999.0);
  }

  @Test
  void anEventTellsOfThePodThatItIsGiven() throws IOException {
    RecordedEvent event = PodLife.recorded().running();

    JsonNode metadata =
        JSON.readTree(event.line(255, RecordedEvent.FIRST_VERSION + 7))
            .get("object")
            .get("metadata");

    assertThat(metadata.get("name").asString()).endsWith("-00073");
    assertThat(metadata.get("uid").asString()).endsWith("-0000000000ff");
    assertThat(metadata.get("resourceVersion").asString()).isEqualTo("1000000007");
  }

  @Test
  void thePodAloneIsAnObjectOfItsOwn() throws IOException {
    RecordedEvent event = PodLife.recorded().running();
    byte[] line = event.line(1, RecordedEvent.FIRST_VERSION);

    String pod = new String(line, event.objectAt(), event.objectLength(), UTF_8);

    assertThat(JSON.readTree(pod).get("kind").asString()).isEqualTo("Pod");
  }
}
