package io.multijob.cli;

import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.AppIdPathException;
import io.multijob.servo.pod.PathExplanation;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `servo app-id`: what the path to the app id leads to in a manifest, step by step.
@Command(
    name = "app-id",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what the path to the app id leads to in a manifest's pods.",
      "Step by step, and which of the alternatives counts.",
      "Exit code 0 when every pod has an app id, 1 when one has none."
    })
final class AppIdCommand implements Callable<Integer> {
  private static final String DEFAULT_PATH = "spec/containers/0/env/[JOBID]";
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = {"-f", "--file"},
      required = true,
      paramLabel = "FILE",
      description = "Manifests of pods, Jobs and CronJobs, as YAML or JSON; - for standard input.")
  private String file = STANDARD_INPUT;

  @Option(
      names = {"-p", "--path"},
      paramLabel = "PATH",
      description = "The path; by default that of OPTUNE_APP_ID, or " + DEFAULT_PATH + ".")
  private Optional<String> path = Optional.empty();

  private final PrintStream out = System.out;

  @Override
  public Integer call() throws IOException {
    AppIdPath parsed;
    List<JsonNode> pods;
    try {
      parsed = AppIdPath.parse(path.orElseGet(AppIdCommand::pathOfEnvironment));
      pods = pods();
    } catch (AppIdPathException e) {
      System.err.println("servo app-id: the path: " + e.getMessage());
      return ExitCode.CONFIGURATION;
    } catch (YAMLException e) {
      System.err.println("servo app-id: " + file + ": " + e.getMessage());
      return ExitCode.CONFIGURATION;
    } catch (NoSuchFileException e) {
      System.err.println("servo app-id: " + file + ": no such file");
      return ExitCode.CONFIGURATION;
    }
    if (pods.isEmpty()) {
      System.err.println("servo app-id: " + file + ": expected a Pod, a Job or a CronJob in it");
      return ExitCode.CONFIGURATION;
    }
    boolean allFound = true;
    for (JsonNode pod : pods) {
      allFound &= explain(parsed, pod);
    }
    return allFound ? ExitCode.STOPPED : ExitCode.FAILED;
  }

  private boolean explain(AppIdPath parsed, JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    String name = metadata.path("name").asString(metadata.path("generateName").asString("?"));
    out.println("pod " + name);
    PathExplanation explanation = parsed.explain(pod);
    explanation.lines().forEach(line -> out.println("  " + line));
    out.println(
        explanation
            .found()
            .map(id -> "app id: " + id.value())
            .orElse("no app id: not one of ours"));
    return explanation.found().isPresent();
  }

  private List<JsonNode> pods() throws IOException {
    var yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    var mapper = JsonMapper.shared();
    List<JsonNode> pods = new ArrayList<>();
    try (InputStream in =
        file.equals(STANDARD_INPUT) ? System.in : Files.newInputStream(Path.of(file))) {
      for (Object document : yaml.loadAll(in)) {
        if (document != null) {
          collect(mapper.valueToTree(document), pods);
        }
      }
    }
    return pods;
  }

  /// The pods that a manifest describes, as the controllers would make them.
  private static void collect(JsonNode manifest, List<JsonNode> pods) {
    String name = manifest.path("metadata").path("name").asString("");
    switch (manifest.path("kind").asString("")) {
      case "Pod" -> pods.add(manifest);
      case "Job" -> pods.add(podOf(manifest.path("spec").path("template"), name, name));
      case "CronJob" -> {
        JsonNode job = manifest.path("spec").path("jobTemplate").path("spec").path("template");
        // A CronJob names its Jobs by the minute of their time.
        pods.add(podOf(job, name, name + "-29000000"));
      }
      case "List" -> manifest.path("items").forEach(item -> collect(item, pods));
      default -> {
        // Other kinds make no pods of their own that we know of.
      }
    }
  }

  private static JsonNode podOf(JsonNode template, String name, String job) {
    var pod = JsonMapper.shared().createObjectNode();
    pod.setAll((tools.jackson.databind.node.ObjectNode) template.deepCopy());
    var metadata = pod.withObject("metadata");
    metadata.put("generateName", name + "-");
    var owner = metadata.withArray("ownerReferences").addObject();
    owner.put("kind", "Job").put("name", job).put("controller", true);
    return pod;
  }

  private static String pathOfEnvironment() {
    String path = System.getenv("OPTUNE_APP_ID");
    return path == null || path.isBlank() ? DEFAULT_PATH : path;
  }
}
