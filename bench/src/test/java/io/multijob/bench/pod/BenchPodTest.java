package io.multijob.bench.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.PodmonReport;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchPodTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.5Z");
  private static final String UID = "df16d116-5236-406f-84b7-71bdd1a1ff06";

  @ParameterizedTest
  @EnumSource(Variant.class)
  void isJsonFromItsManifestToItsEnd(Variant variant) {
    BenchPod pod = new BenchPod("run-1", "export", variant);

    assertThat(JSON.readTree(pod.manifest()).at("/metadata/name").asString()).isEqualTo("run-1");
    assertThat(phase(pod.running(NOW))).isEqualTo("Running");
    assertThat(phase(pod.ended(NOW, UID))).isNotEmpty();
    assertThat(PodmonReport.parse(pod.report(NOW, UID)).id()).isEqualTo(UID);
  }

  @Test
  void withoutPodmonThereIsOneContainer() {
    JsonNode pod = JSON.readTree(new BenchPod("run-1", "export", Variant.PLAIN).manifest());

    assertThat(pod.at("/spec/containers")).hasSize(1);
    assertThat(pod.at("/spec/initContainers")).isEmpty();
  }

  @Test
  void aMessageIsPodmonsReport() {
    JsonNode status =
        JSON.readTree(new BenchPod("run-1", "export", Variant.MESSAGE).ended(NOW, UID));

    String message =
        status.at("/status/initContainerStatuses/0/state/terminated/message").asString();

    assertThat(PodmonReport.parse(message).id()).isEqualTo(UID);
  }

  @Test
  void whereFiguresArePostedPodmonStillRunsWhenTheWorkloadHasEnded() {
    JsonNode status =
        JSON.readTree(new BenchPod("run-1", "export", Variant.POSTED).ended(NOW, UID));

    assertThat(status.at("/status/containerStatuses/0/state").has("terminated")).isTrue();
    assertThat(status.at("/status/containerStatuses/1/name").asString()).isEqualTo("zzzzmonitor");
    assertThat(status.at("/status/containerStatuses/1/state").has("running")).isTrue();
  }

  private static String phase(String patch) {
    return JSON.readTree(patch).at("/status/phase").asString();
  }
}
