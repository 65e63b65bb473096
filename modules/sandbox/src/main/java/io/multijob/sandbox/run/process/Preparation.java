package io.multijob.sandbox.run.process;

import io.multijob.sandbox.run.pod.EnvVariable;
import io.multijob.sandbox.run.pod.Invocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes of what a pod's author wrote what can be launched, or says why it cannot, as runc would.
public final class Preparation {

  /// Whether a container can be launched.
  public sealed interface Outcome {}

  public record Ready(Launch launch) implements Outcome {}

  /// It cannot be launched.
  ///
  /// @param reason in runc's words where it has some
  public record Unfit(String reason) implements Outcome {}

  private final Map<String, String> base;
  private final Path ownDirectory;

  /// Prepares the containers of one pod.
  ///
  /// @param base variables that every container of the pod has, unless its author says otherwise
  /// @param ownDirectory where a container starts that does not say where
  public Preparation(Map<String, String> base, Path ownDirectory) {
    this.base = Map.copyOf(base);
    this.ownDirectory = ownDirectory;
  }

  /// What becomes of one container.
  ///
  /// @param variables none of them missing
  public Outcome prepare(Invocation invocation, List<EnvVariable> variables, ContainerFiles files) {
    Map<String, String> declared = declared(variables);
    List<String> command = new ArrayList<>();
    invocation.command().forEach(word -> command.add(Expansion.expand(word, declared)));
    invocation.arguments().forEach(word -> command.add(Expansion.expand(word, declared)));
    if (command.isEmpty()) {
      return new Unfit(
          "no command specified: images are not used here, so a container needs `command` or `args`");
    }
    Map<String, String> environment = new LinkedHashMap<>(base);
    environment.put("TERMINATION_MESSAGE_PATH", files.message().toString());
    environment.putAll(declared);
    Path directory = invocation.directory().map(Path::of).orElse(ownDirectory);
    if (!Files.isDirectory(directory)) {
      return new Unfit(
          "chdir to cwd (\"%s\") set in config.json failed: no such file or directory"
              .formatted(directory));
    }
    String path = environment.getOrDefault("PATH", "");
    return switch (Executable.find(command.getFirst(), path, directory)) {
      case Executable.Unfit(String reason) -> new Unfit(reason);
      case Executable.Found() -> new Ready(new Launch(command, environment, directory, files));
    };
  }

  private static Map<String, String> declared(List<EnvVariable> variables) {
    Map<String, String> declared = new LinkedHashMap<>();
    for (EnvVariable variable : variables) {
      switch (variable) {
        case EnvVariable.Plain(String name, String value) ->
            declared.put(name, Expansion.expand(value, declared));
        case EnvVariable.Taken(String name, String value) -> declared.put(name, value);
        case EnvVariable.Missing(String name, String reason) ->
            throw new IllegalArgumentException(name + " cannot be had: " + reason);
      }
    }
    return declared;
  }
}
