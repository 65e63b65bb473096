package io.multijob.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A golden case of admission: a pod as it comes, and as the webhook answers for it.
///
/// @param settings of the servo, without the namespaces
/// @param definition the case's `case.json`
/// @param namespace as the case calls it
record AdmissionCase(
    String name,
    Map<String, String> settings,
    JsonNode definition,
    String namespace,
    ObjectNode given,
    ObjectNode expected) {
  private static final Path DIRECTORY =
      Path.of("modules/servo/src/test/resources/io/multijob/servo/admission/cases");

  private static final JsonMapper MAPPER = JsonMapper.shared();

  /// All there are; those of the same settings follow one another.
  static List<AdmissionCase> all() throws IOException {
    try (Stream<Path> directories = Files.list(project().resolve(DIRECTORY))) {
      return directories
          .filter(Files::isDirectory)
          .map(AdmissionCase::read)
          .sorted(
              Comparator.comparing((AdmissionCase each) -> each.configuration().toString())
                  .thenComparing(AdmissionCase::name))
          .toList();
    }
  }

  /// Why a policy cannot do what the webhook does.
  Optional<String> reasonForNone() {
    if (!definition.path("nativeSidecars").asBoolean(true)) {
      return Optional.of("a cluster without native sidecars has no such policies");
    }
    return Optional.of(definition.path("policy").asString("")).filter(why -> !why.isEmpty());
  }

  /// What is the same for cases that share a policy.
  Map<String, String> configuration() {
    Map<String, String> all = new TreeMap<>(settings);
    all.put("namespaces", String.join(",", namespaces()));
    return all;
  }

  /// Those that are watched, as the case calls them.
  List<String> namespaces() {
    List<String> names =
        definition.path("namespaces").valueStream().map(each -> each.asString()).toList();
    return names.isEmpty() ? List.of("jobs") : names;
  }

  /// Labels that the namespace has in the case; those that every namespace has are left out.
  Map<String, String> namespaceLabels() {
    Map<String, String> labels = new LinkedHashMap<>();
    definition
        .path("namespaceLabels")
        .forEachEntry((label, value) -> labels.put(label, value.asString()));
    labels.keySet().removeIf(label -> label.startsWith("kubernetes.io/"));
    for (JsonNode change : definition.path("restrained")) {
      labels.put(
          switch (change.asString()) {
            case "INJECT" -> "servo.optune.io/inject";
            case "ADJUST" -> "servo.optune.io/adjust";
            default -> throw new IllegalStateException(name + ": unknown restraint " + change);
          },
          "withheld");
    }
    return labels;
  }

  List<JsonNode> limitRanges() {
    return definition.path("limitRanges").valueStream().toList();
  }

  /// The settings that the webhook has applied or would have, which for a policy are the app's
  /// last.
  Map<String, String> namespaceAnnotations() {
    JsonNode notes = expected.path("metadata").path("annotations");
    String settings =
        notes
            .path("servo.optune.io/adjustment")
            .asString(notes.path("servo.optune.io/would-adjust").asString(""));
    String app =
        given
            .path("spec")
            .path("containers")
            .path(0)
            .path("env")
            .valueStream()
            .filter(variable -> variable.path("name").asString("").equals("JOBID"))
            .map(variable -> variable.path("value").asString(""))
            .findFirst()
            .orElse("");
    return settings.isEmpty() || app.isEmpty()
        ? Map.of()
        : Map.of("settings.servo.optune.io/" + app, settings);
  }

  @Override
  public String toString() {
    return name;
  }

  private static AdmissionCase read(Path directory) {
    JsonNode definition = json(directory, "case.json");
    JsonNode request = json(directory, "review.json").path("request");
    ObjectNode given = (ObjectNode) request.path("object");
    ObjectNode expected =
        Files.exists(directory.resolve("pod.json"))
            ? (ObjectNode) json(directory, "pod.json")
            : given;
    return new AdmissionCase(
        directory.getFileName().toString(),
        settings(definition),
        definition,
        request.path("namespace").asString(),
        given,
        expected);
  }

  private static Map<String, String> settings(JsonNode definition) {
    Map<String, String> settings = new TreeMap<>();
    settings.put("OPTUNE_ACCOUNT", "e2e");
    settings.put(
        "OPTUNE_SLEEPER_IMG",
        definition.path("image").asString("registry.example.com/optune/podmon:1.0"));
    settings.put("HOLD_PODS", definition.path("hold").asBoolean(false) ? "true" : "false");
    put(settings, "OPTUNE_APP_ID", text(definition, "appId"));
    put(settings, "SELF_IP", text(definition, "reportTarget"));
    put(settings, "ADJUST_MODE", lower(text(definition, "mode")));
    put(settings, "ADJUST_TARGET", lower(text(definition, "target")));
    return settings;
  }

  private static void put(Map<String, String> settings, String name, String value) {
    if (!value.isEmpty()) {
      settings.put(name, value);
    }
  }

  private static String text(JsonNode definition, String field) {
    return definition.path(field).asString("");
  }

  private static String lower(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static JsonNode json(Path directory, String file) {
    return MAPPER.readTree(directory.resolve(file));
  }

  /// Seen from the project's folder or from any folder in it.
  private static Path project() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isDirectory(here.resolve(DIRECTORY))) {
      here = here.getParent();
    }
    if (here == null) {
      throw new IllegalStateException("no " + DIRECTORY + " above " + Path.of("").toAbsolutePath());
    }
    return here;
  }
}
