package io.multijob.servo.admission;

import io.multijob.protocol.Command;
import io.multijob.protocol.SettingValue;
import io.multijob.servo.adjustment.AdjustSettings;
import io.multijob.servo.adjustment.Mode;
import io.multijob.servo.adjustment.SettingRange;
import io.multijob.servo.adjustment.Target;
import io.multijob.servo.admission.PodAdmission.Finalizer;
import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.Agreement.Freshness;
import io.multijob.servo.injection.Hosting;
import io.multijob.servo.injection.Injection;
import io.multijob.servo.injection.PodmonImage;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.PodMarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// One of the directories in `cases`, as their README describes them.
///
/// @param review what the API server sends
/// @param pod what the pod is to be afterwards
/// @param settings what else is given
public record GoldenCase(String name, ObjectNode review, JsonNode pod, JsonNode settings) {
  private static final String IMAGE = "registry.example.com/optune/podmon:1.0";
  private static final String PATH = "spec/containers/0/env/[JOBID]";

  static Stream<GoldenCase> all() throws IOException, URISyntaxException {
    Path directory = Path.of(Objects.requireNonNull(GoldenCase.class.getResource("cases")).toURI());
    try (Stream<Path> found = Files.list(directory)) {
      return found.filter(Files::isDirectory).sorted().map(GoldenCase::read).toList().stream();
    }
  }

  private static GoldenCase read(Path directory) {
    return new GoldenCase(
        String.valueOf(directory.getFileName()),
        (ObjectNode) json(directory.resolve("review.json")),
        json(directory.resolve("pod.json")),
        json(directory.resolve("case.json")));
  }

  private static JsonNode json(Path file) {
    try {
      return JsonMapper.shared().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The same with `object` as the pod that is about to be made.
  ObjectNode reviewOf(JsonNode object) {
    ObjectNode copy = review.deepCopy();
    copy.withObject("request").set("object", object);
    return copy;
  }

  JsonNode given() {
    return review.path("request").path("object");
  }

  /// What must stand in the answer's warnings, together; none where there must be none.
  List<String> warnings() {
    return texts("warnings");
  }

  PodAdmission core() {
    Set<String> namespaces = new HashSet<>(texts("namespaces"));
    PodRules rules =
        new PodRules(
            namespaces.isEmpty() ? Set.of("jobs") : namespaces,
            AppIdPath.parse(settings.path("appId").asString(PATH)));
    return new PodAdmission(
        rules,
        injection(),
        new AdjustSettings(
            Mode.valueOf(settings.path("mode").asString("APPLY")),
            Target.valueOf(settings.path("target").asString("AUTO")),
            ranges("cpu"),
            ranges("memory")),
        settings.path("hold").asBoolean(false) ? Finalizer.PUT_IN : Finalizer.LEFT_OUT);
  }

  private List<Injection> injection() {
    String image = settings.path("image").asString(IMAGE);
    Hosting hosting =
        settings.path("nativeSidecars").asBoolean(true)
            ? Hosting.NATIVE_SIDECAR
            : Hosting.LAST_CONTAINER;
    return image.isEmpty()
        ? List.of()
        : List.of(
            new Injection(
                PodmonImage.of(image), hosting, settings.path("reportTarget").asString("")));
  }

  private List<SettingRange> ranges(String resource) {
    JsonNode range = settings.path(resource);
    return range.isMissingNode()
        ? List.of()
        : List.of(
            new SettingRange(number(range, "min"), number(range, "max"), number(range, "step")));
  }

  private static BigDecimal number(JsonNode range, String field) {
    return new BigDecimal(range.path(field).asString());
  }

  KnownNamespace namespace() {
    return KnownNamespace.of(
        settings.path("namespaceLabels"), settings.path("limitRanges").valueStream().toList());
  }

  Restraint restraint() {
    List<String> held = texts("restrained");
    return (change, namespace, appId) -> !held.contains(change.name());
  }

  Agreement agreement() {
    if (settings.path("unheard").asBoolean()) {
      return new Agreement.Unchanged("the service does not answer");
    }
    JsonNode adjust = settings.path("adjust");
    return adjust.isMissingNode()
        ? new Agreement.AsAuthored("the service wants nothing")
        : new Agreement.Adjust(command(adjust), Freshness.FRESH);
  }

  private static Command.Adjust command(JsonNode adjust) {
    Map<String, Map<String, SettingValue>> components = new LinkedHashMap<>();
    adjust.forEachEntry((component, settings) -> {
      Map<String, SettingValue> values = new LinkedHashMap<>();
      settings.forEachEntry((setting, value) -> values.put(setting, value(value)));
      components.put(component, values);
    });
    return new Command.Adjust(components);
  }

  private static SettingValue value(JsonNode value) {
    return value.isNumber()
        ? new SettingValue.Numeric(new BigDecimal(value.asString()))
        : new SettingValue.Text(value.asString());
  }

  private List<String> texts(String field) {
    return settings.path(field).valueStream().map(JsonNode::asString).toList();
  }

  @Override
  public String toString() {
    return name;
  }

  /// The note of a conversation names that one conversation.
  static JsonNode withoutNote(JsonNode pod) {
    JsonNode copy = pod.deepCopy();
    if (copy.path("metadata") instanceof ObjectNode metadata
        && metadata.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(PodMarks.CONVERSATION);
      if (annotations.isEmpty()) {
        metadata.remove("annotations");
      }
    }
    return copy;
  }
}
