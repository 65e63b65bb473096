package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads manifests of Pods and Jobs, in YAML or JSON.
public final class Manifests {
  private static final List<String> ENDINGS = List.of(".yaml", ".yml", ".json");
  private static final Map<String, String> KINDS = Map.of("Pod", "v1", "Job", "batch/v1");

  private final List<Manifest> manifests = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Manifests() {}

  /// All objects in a file, or in the files of a directory in the order of their names.
  ///
  /// @throws ManifestException with all that is wrong with them
  /// @throws IOException if a file cannot be read
  public static List<Manifest> read(Path fileOrDirectory) throws IOException {
    Manifests reading = new Manifests();
    for (Path file : files(fileOrDirectory)) {
      reading.readFile(file);
    }
    if (reading.manifests.isEmpty() && reading.problems.isEmpty()) {
      reading.problems.add(fileOrDirectory + ": expected a Pod or a Job, found none");
    }
    if (!reading.problems.isEmpty()) {
      throw new ManifestException(reading.problems);
    }
    return List.copyOf(reading.manifests);
  }

  private static List<Path> files(Path fileOrDirectory) throws IOException {
    if (!Files.isDirectory(fileOrDirectory)) {
      return List.of(fileOrDirectory);
    }
    try (Stream<Path> entries = Files.list(fileOrDirectory)) {
      return entries
          .filter(Files::isRegularFile)
          .filter(file -> ENDINGS.stream().anyMatch(file.toString()::endsWith))
          .sorted()
          .toList();
    }
  }

  private void readFile(Path file) throws IOException {
    int number = 0;
    try {
      for (JsonNode document : YamlText.documents(Files.readString(file))) {
        number++;
        if (!document.isNull()
            && !document.isMissingNode()) { // what is between two lines of dashes
          add(file, number, document, "");
        }
      }
    } catch (YAMLException e) {
      problems.add("%s: expected YAML or JSON: %s".formatted(file, e.getMessage()));
    }
  }

  private void add(Path file, int number, JsonNode document, String where) {
    String prefix = "%s, document %d%s: ".formatted(file, number, where);
    if (!(document instanceof ObjectNode object)) {
      problems.add(prefix + "expected an object, found " + document);
      return;
    }
    if (Json.text(object, "kind").equals("List")) {
      int item = 0;
      for (JsonNode each : object.path("items")) {
        add(file, number, each, where + ", item " + item);
        item++;
      }
      return;
    }
    List<String> wrong = check(object);
    wrong.forEach(problem -> problems.add(prefix + problem));
    if (wrong.isEmpty()) {
      manifests.add(new Manifest(file, number, object));
    }
  }

  private static List<String> check(ObjectNode object) {
    String kind = Json.text(object, "kind");
    String version = Json.text(object, "apiVersion");
    if (!KINDS.containsKey(kind)) {
      return List.of("expected kind Pod, Job or List, found " + (kind.isEmpty() ? "none" : kind));
    }
    List<String> wrong = new ArrayList<>();
    if (!version.equals(KINDS.get(kind))) {
      wrong.add(
          "expected apiVersion %s for a %s, found %s"
              .formatted(KINDS.get(kind), kind, version.isEmpty() ? "none" : version));
    }
    if (Json.text(object, "metadata", "name").isEmpty()
        && Json.text(object, "metadata", "generateName").isEmpty()) {
      wrong.add("expected metadata.name or metadata.generateName, found neither");
    }
    String spec = kind.equals("Pod") ? "spec" : "spec.template.spec";
    if (Json.at(object, (spec + ".containers").split("\\.", -1)).isEmpty()) {
      wrong.add("expected at least one container in " + spec + ".containers, found none");
    }
    return wrong;
  }
}
