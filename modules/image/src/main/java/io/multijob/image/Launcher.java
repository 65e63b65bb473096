package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The distribution's launcher, a shell script, which knows how Java is to be started. It runs
/// where the image is made and is not in it: a program takes its place.
///
/// @param home of the distribution, in the image
/// @param java the Java of the image
record Launcher(Staging staging, String home, String java) {
  private static final String JAR = "-jar";

  void copyFrom(Path distribution) throws IOException {
    Files.createDirectories(script().getParent());
    Files.copy(distribution.resolve("bin/servo"), script());
  }

  /// Makes the start cache beside the archives, by running the servo.
  ///
  /// @param javaOptions for all that is run
  void makeCache(String javaOptions) throws IOException, InterruptedException {
    run(Map.of("JDK_JAVA_OPTIONS", javaOptions), "cache");
  }

  /// What Java is told before it is told what to run, for a command of the servo.
  List<String> javaOptions(String command) throws IOException, InterruptedException {
    List<String> arguments = javaArguments(command);
    return arguments.subList(0, arguments.indexOf(JAR));
  }

  /// What Java is told to run.
  List<String> jar() throws IOException, InterruptedException {
    List<String> arguments = javaArguments("run");
    int at = arguments.indexOf(JAR);
    return arguments.subList(at, at + 2);
  }

  /// As they are in the image, and the command at the end.
  private List<String> javaArguments(String command) throws IOException, InterruptedException {
    String printed = run(Map.of("SERVO_EXEC", "printf %s\\n"), command);
    return staging.inImage(printed).lines().skip(1).toList();
  }

  private String run(Map<String, String> environment, String command)
      throws IOException, InterruptedException {
    Map<String, String> all = new HashMap<>(environment);
    all.put("JAVA_HOME", staging.at(java).toString());
    all.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    return Command.run(List.of(script().toString(), command), all);
  }

  private Path script() {
    return staging.at(home + "/bin/servo");
  }
}
