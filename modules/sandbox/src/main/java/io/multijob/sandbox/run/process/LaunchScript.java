package io.multijob.sandbox.run.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The command line that a container's process has before it becomes the container's program: a
/// shell that says when it is there, waits for a line on its input, writes itself into the file
/// that the line names, if any, and then is replaced by the program, with the same process number.
/// So what the start of a process costs is over before the process is moved into the container's
/// group.
///
/// The shell leads a session of its own: a Ctrl-C at the sandbox's terminal is not for the
/// containers.
///
/// @param setsid the program that makes a session, where the machine has one
/// @param env the program that sets variables with names that a shell cannot spell, likewise
public record LaunchScript(Optional<Path> setsid, Optional<Path> env) {
  private static final Pattern SHELL_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /// Variables that shells make up.
  private static final List<String> OF_THE_SHELL = List.of("PWD", "OLDPWD", "SHLVL");

  /// With the programs of this machine.
  ///
  /// @param path the directories to look in, parted by colons
  public static LaunchScript findIn(String path) {
    return new LaunchScript(find("setsid", path), find("env", path));
  }

  /// @param command the container's program with its arguments
  /// @param environment all that it is to have
  List<String> commandLine(List<String> command, Map<String, String> environment) {
    List<String> line = new ArrayList<>();
    setsid.ifPresent(program -> line.add(program.toString()));
    line.addAll(List.of("/bin/sh", "-c", script(environment), "sh"));
    if (env.isPresent() && !allSpelledByShells(environment)) {
      line.addAll(List.of(env.get().toString(), "-i"));
      environment.forEach((name, value) -> line.add(name + "=" + value));
    }
    line.addAll(command);
    return line;
  }

  private static String script(Map<String, String> environment) {
    List<String> unset =
        OF_THE_SHELL.stream().filter(name -> !environment.containsKey(name)).toList();
    return ("echo && read -r _join && { [ -z \"$_join\" ] || echo 0 > \"$_join\" || exit 125; }"
            + " && { unset %s; exec \"$@\" </dev/null; }")
        .formatted(String.join(" ", unset));
  }

  /// A shell drops a variable such as `spring.profile`.
  private static boolean allSpelledByShells(Map<String, String> environment) {
    return environment.keySet().stream().allMatch(name -> SHELL_NAME.matcher(name).matches());
  }

  private static Optional<Path> find(String program, String path) {
    return Arrays.stream(path.split(":", -1))
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
