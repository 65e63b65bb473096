package io.multijob.servo.initializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.patch.JsonPatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

final class InitializerPatchTest {
  private static final String OURS = "{\"name\": \"initcfg.optune.io\"}";
  private static final String OTHER = "{\"name\": \"other.example.org\"}";

  @Test
  void releasesAPodThatWaitsForNobodyElseWhole() {
    ObjectNode pod = pod(OURS);
    ObjectNode patched = pod.deepCopy();

    apply(patched, InitializerPatch.release(new PendingPod(pod)));

    ObjectNode expected = pod.deepCopy();
    ((ObjectNode) expected.path("metadata")).remove("initializers");
    assertThat(patched).isEqualTo(expected);
  }

  @Test
  void leavesThoseThatComeAfterUs() {
    ObjectNode pod = pod(OURS + "," + OTHER);
    ObjectNode patched = pod.deepCopy();

    apply(patched, InitializerPatch.release(new PendingPod(pod)));

    assertThat(patched).isEqualTo(pod(OTHER));
  }

  @Test
  void b14_howeverMuchIsChangedThePatchIsOneAndConsistent() {
    ObjectNode pod = pod(OURS);
    ObjectNode wanted = pod.deepCopy();
    ObjectNode main = (ObjectNode) wanted.at("/spec/containers/0");
    main.putObject("resources").putObject("limits").put("cpu", "1").put("memory", "64Mi");
    main.putArray("env").addObject().put("name", "WORKERS").put("value", "4");
    ObjectNode spec = (ObjectNode) wanted.path("spec");
    spec.putArray("volumes").addObject().put("name", "zzzzmonitor-cgroup"); // b33: it had none
    spec.putArray("initContainers").addObject().put("name", "zzzzmonitor");
    ObjectNode metadata = (ObjectNode) wanted.path("metadata");
    metadata.putObject("annotations").put("servo.optune.io/adjustment", "main:limits.cpu=1");
    metadata.remove("labels");
    ObjectNode patched = pod.deepCopy();

    apply(patched, InitializerPatch.change(new PendingPod(pod), wanted));

    metadata.remove("initializers");
    assertThat(patched).isEqualTo(wanted);
  }

  @Test
  void changesNothingThatIsNotForUs() {
    ObjectNode pod = pod(OURS);
    ObjectNode wanted = pod.deepCopy();
    ((ObjectNode) wanted.path("status")).put("phase", "Running");
    ((ObjectNode) wanted.path("metadata")).put("name", "other").remove("uid");
    ObjectNode patched = pod.deepCopy();

    apply(patched, InitializerPatch.change(new PendingPod(pod), wanted));

    assertThat(patched.path("status")).isEqualTo(pod.path("status"));
    assertThat(patched.at("/metadata/name").asString()).isEqualTo("p");
    assertThat(patched.at("/metadata/uid").asString()).isEqualTo("u1");
  }

  @ParameterizedTest
  @CsvSource({
    "/metadata/uid, u2", // another pod of the same name
    "/metadata/resourceVersion, 8", // somebody has changed it
  })
  void aChangeIsForOneVersionOfOnePod(String path, String value) {
    ObjectNode pod = pod(OURS);
    String patch = InitializerPatch.change(new PendingPod(pod), pod.deepCopy());
    ObjectNode now = pod.deepCopy();
    ((ObjectNode) now.path("metadata")).put(path.substring("/metadata/".length()), value);

    assertThatThrownBy(() -> apply(now, patch)).isInstanceOf(ApiError.class);
  }

  @Test
  void aReleaseIsForAnyVersionAsLongAsItIsOurTurn() {
    ObjectNode pod = pod(OURS);
    String patch = InitializerPatch.release(new PendingPod(pod));
    ObjectNode changed = pod.deepCopy();
    ((ObjectNode) changed.path("metadata")).put("resourceVersion", "8");

    apply(changed, patch);

    assertThat(changed.path("metadata").has("initializers")).isFalse();
    for (String pending : List.of(OTHER + "," + OURS, OURS + "," + OTHER, OTHER, "")) {
      ObjectNode other = pod(pending);
      assertThatThrownBy(() -> apply(other, patch)).as(pending).isInstanceOf(ApiError.class);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"pending\": [{\"name\": \"initcfg.optune.io\"}]}; true",
        "{\"pending\": [{\"name\": \"initcfg.optune.io\"}, {\"name\": \"x.y.z\"}]}; true",
        "{\"pending\": [{\"name\": \"x.y.z\"}, {\"name\": \"initcfg.optune.io\"}]}; false",
        "{\"pending\": [{\"name\": \"initcfg.optune.io\"}], \"result\": {\"code\": 403}}; false",
        "{\"pending\": []}; false",
        "{}; false",
        "{\"pending\": [null]}; false",
        "\"odd\"; false",
      })
  void itIsOurTurnWhenWeAreFirst(String initializers, boolean ourTurn) {
    ObjectNode pod = pod("");
    ((ObjectNode) pod.path("metadata"))
        .set("initializers", JsonMapper.shared().readTree(initializers));

    assertThat(new PendingPod(pod).isOurTurn()).isEqualTo(ourTurn);
  }

  private static ObjectNode pod(String pending) {
    String pod =
        """
        {"kind": "Pod", "apiVersion": "v1",
         "metadata": {"name": "p", "namespace": "n", "uid": "u1", "resourceVersion": "7",
           "labels": {"a": "b"}, "initializers": {"pending": [%s]}},
         "spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "i"}]},
         "status": {"phase": "Pending"}}
        """
            .formatted(pending);
    return (ObjectNode) JsonMapper.shared().readTree(pod);
  }

  private static void apply(ObjectNode pod, String patch) {
    JsonPatch.apply(pod, (ArrayNode) JsonMapper.shared().readTree(patch));
  }
}
