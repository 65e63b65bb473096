package io.multijob.servo.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.GoldenRun;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.TreePods;
import io.multijob.servo.watch.PodDecoder.Page;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class PodDecoderTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final AppIdPath USUAL = AppIdPath.parse("spec/containers/0/env/[JOBID]");

  /// Many ways into a pod, through all that the decoder reads itself and all that it skips.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "spec/containers/0/env/[JOBID]",
        "spec/containers/[main,name,env]/[JOBID]",
        "spec/containers/[helper,name,image]|spec/containers/0/image|@owner",
        "metadata/labels/app|@owner",
        "@owner|metadata/name",
        "metadata/annotations/done-at|metadata/labels/batch.kubernetes.io~1job-name",
        "metadata/ownerReferences/0/name",
        "metadata/ownerReferences/[Job,kind,uid]|metadata/uid",
        "metadata/labels/missing|spec/nodeName",
        "spec/containers/0/resources/limits/memory",
        "spec/containers/0/name|spec/containers/1/name",
        "status/conditions/[Initialized,type,reason]|status/phase",
        "status/containerStatuses/0/state/terminated/reason|status/reason",
        "extra/deep/0/[key]|extra/deep/1",
      })
  void readsEveryPodAsTheWholeTreeDoes(String text) throws Exception {
    AppIdPath path = AppIdPath.parse(text);
    List<JsonNode> pods = new ArrayList<>();
    Random random = new Random(4711);
    for (GoldenRun golden : GoldenRun.all()) {
      pods.add(golden.pod());
      for (int i = 0; i < 5; i++) {
        pods.add(disturbed((ObjectNode) golden.pod(), random));
      }
    }

    List<Pod> decoded = new ArrayList<>();
    ObjectNode list = JSON.createObjectNode();
    list.putArray("items").addAll(pods);
    list.putObject("metadata").put("resourceVersion", "1");
    new PodDecoder<>(new ObjectReader(path)).readList(stream(list.toString()), decoded::add);

    assertThat(decoded)
        .containsExactlyElementsOf(pods.stream().map(pod -> TreePods.read(pod, path)).toList());
  }

  @Test
  void tellsWhereAListEndsWhateverTheOrderOfItsFields() throws Exception {
    String list =
        """
        {"items":[{"metadata":{"uid":"a"}},{"metadata":{"uid":"b"}}],"kind":"PodList",\
        "metadata":{"continue":"more","selfLink":{"odd":[1]},"resourceVersion":"42"}}\
        """;

    Page page = new PodDecoder<>(new ObjectReader(USUAL)).readList(stream(list), pod -> {});

    assertThat(page).isEqualTo(new Page("42", "more", 2));
  }

  @Test
  void readsEventsWhateverTheOrderOfTheirFields() throws Exception {
    String events =
        """
        {"type":"ADDED","object":{"metadata":{"uid":"a","resourceVersion":"1"}}}
        {"object":{"metadata":{"uid":"a","resourceVersion":"2"}},"type":"DELETED"}
        {"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"3"}}}
        {"type":"FUTURE","object":{"kind":"Pod","metadata":{"resourceVersion":"4"}}}
        {"type":"ERROR","object":{"kind":"Status","metadata":{},"status":"Failure",\
        "message":"too old","reason":"Expired","code":410}}
        """;

    List<String> read = new ArrayList<>();
    new PodDecoder<>(new ObjectReader(USUAL))
        .readWatch(
            stream(events),
            event -> {
              read.add(
                  switch (event) {
                    case WatchEvent.Seen<Pod>(Pod pod, String version) ->
                        "seen " + pod.uid() + version;
                    case WatchEvent.Gone<Pod>(Pod pod, String version) ->
                        "gone " + pod.uid() + version;
                    case WatchEvent.Bookmark<Pod>(String version) -> "bookmark " + version;
                    case WatchEvent.Failed<Pod>(Failure failure) -> failure.toString();
                  });
              return true;
            });

    assertThat(read)
        .containsExactly(
            "seen a1",
            "gone a2",
            "bookmark 3",
            "Failure[code=410, reason=Expired, message=too old]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "5", "{\"object\":{}}", "{\"type\":\"ADDED\"}", "<html>", "{\"type\":x}"})
  void whatIsNoEventIsGarbled(String text) {
    assertThatThrownBy(
            () -> new PodDecoder<>(new ObjectReader(USUAL)).readWatch(stream(text), event -> true))
        .isInstanceOf(GarbledException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{\"kind\":\"Status\",\"metadata\":{}}", "<html>"})
  void whatIsNoListIsGarbled(String text) {
    assertThatThrownBy(
            () -> new PodDecoder<>(new ObjectReader(USUAL)).readList(stream(text), pod -> {}))
        .isInstanceOf(GarbledException.class);
  }

  @Test
  void aStreamThatEndsInTheMiddleIsBrokenWhereverThatIs() {
    String event = "{\"type\":\"ADDED\",\"object\":" + PodJson.completed("p1", "7") + "}";
    for (int length = 1; length < event.length(); length++) {
      String part = event.substring(0, length);

      assertThatThrownBy(
              () -> new PodDecoder<>(new ObjectReader(USUAL)).readWatch(stream(part), read -> true))
          .as(part)
          .isExactlyInstanceOf(IOException.class);
    }
  }

  @Test
  void b8_theStreamIsReadInLargePieces() throws Exception {
    String event = "{\"type\":\"MODIFIED\",\"object\":" + PodJson.completed("p1", "7") + "}\n";
    CountingStream stream = new CountingStream(event.repeat(2_000));

    new PodDecoder<>(new ObjectReader(USUAL)).readWatch(stream, read -> true);

    assertThat(stream.bytes / stream.reads).isGreaterThan(4_000);
  }

  /// The same pod with its fields in another order, and with what no reader expects.
  private static ObjectNode disturbed(ObjectNode pod, Random random) {
    ObjectNode disturbed = (ObjectNode) shuffled(pod, random);
    disturbed.set(
        "extra", JSON.readTree("{\"deep\":[[{\"name\":\"key\",\"value\":\"x\"}],\"y\"]}"));
    ObjectNode metadata = (ObjectNode) disturbed.get("metadata");
    metadata.set("managedFields", JSON.readTree("[{\"fieldsV1\":{\"f:spec\":{\".\":{}}}}]"));
    metadata.putNull("deletionGracePeriodSeconds");
    String[] adjustments = {"\"main:limits.cpu=1500m\"", "\"\"", "null", "[\"odd\"]"};
    metadata
        .withObjectProperty("annotations")
        .set(PodMarks.ADJUSTMENT, JSON.readTree(adjustments[random.nextInt(adjustments.length)]));
    metadata
        .withObjectProperty("annotations")
        .put(PodMarks.CONVERSATION, random.nextBoolean() ? "43c752c5" : "");
    if (random.nextInt(4) == 0) {
      metadata.putNull("labels");
    }
    if (random.nextInt(4) == 0) {
      disturbed.set("status", JSON.readTree("[\"no\", {\"map\": null}]"));
    }
    if (random.nextInt(8) == 0) {
      disturbed.putNull("spec");
    }
    return disturbed;
  }

  private static JsonNode shuffled(JsonNode node, Random random) {
    if (node instanceof ObjectNode object) {
      List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(object.properties());
      Collections.shuffle(fields, random);
      ObjectNode shuffled = JSON.createObjectNode();
      fields.forEach(field -> shuffled.set(field.getKey(), shuffled(field.getValue(), random)));
      return shuffled;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode same = JSON.createArrayNode();
      array.forEach(element -> same.add(shuffled(element, random)));
      return same;
    }
    return node;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /// Counts how often it is read from.
  private static final class CountingStream extends FilterInputStream {
    private long reads;
    private long bytes;

    private CountingStream(String text) {
      super(stream(text));
    }

    @Override
    public int read() throws IOException {
      reads++;
      bytes++;
      return super.read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      reads++;
      bytes += Math.max(0, read);
      return read;
    }
  }
}
