package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The image of the servo: a Java of the modules that it needs, the system's libraries that this
/// needs, the distribution's archives, and its start cache made by running them. There is no shell
/// in it: `servo` is a small program that does what the launcher of the distribution does.
///
/// Nothing in it is written to: SQLite's library lies beside the archives, not in one, because its
/// driver would have to unpack it.
public final class ServoImage {
  private static final String HOME = "/opt/servo";
  private static final String JAVA = HOME + "/java";
  private static final String LIBRARIES = HOME + "/lib";
  private static final String PROGRAM = HOME + "/bin/servo";
  private static final String RUN_ARGUMENTS = HOME + "/run.args";
  private static final String OTHER_ARGUMENTS = HOME + "/other.args";
  private static final String JAR_ARGUMENTS = HOME + "/jar.args";
  private static final String STATE = "/var/lib/servo";

  /// What `jdeps` tells of the archives, and what no archive names but their libraries look for.
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.naming",
          "java.net.http",
          "java.sql",
          "jdk.httpserver",
          "jdk.management",
          "jdk.unsupported");

  /// Where nobody has written, there is nothing to see: no shared memory of Java's for tools.
  private static final String NO_TOOLS = "-XX:-UsePerfData";

  private final Staging staging;
  private final Path distribution;

  private ServoImage(Staging staging, Path distribution) {
    this.staging = staging;
    this.distribution = distribution;
  }

  /// Makes it; half a minute on a slow machine.
  ///
  /// @param directory an empty directory, to be kept until the image is written
  /// @param distribution the built distribution: `bin`, `lib`, `src`
  /// @throws IOException if a tool is missing, or the servo does not run as it should
  public static Image make(Path directory, Path distribution)
      throws IOException, InterruptedException {
    var image = new ServoImage(new Staging(directory.toRealPath()), distribution);
    FileTree java = JavaRuntime.link(image.staging, JAVA, MODULES);
    var config = new ImageConfig(List.of(PROGRAM), List.of("run"), Map.of("PATH", HOME + "/bin"));
    return new Image(config, List.of(java, image.makeServo()));
  }

  private FileTree makeServo() throws IOException, InterruptedException {
    copyArchives();
    var launcher = new Launcher(staging, HOME, JAVA);
    launcher.copyFrom(distribution);
    launcher.makeCache("\"" + sqliteLibrary(staging.at(LIBRARIES).toString()) + "\"");
    writeArguments(RUN_ARGUMENTS, launcher.javaOptions("run"));
    writeArguments(OTHER_ARGUMENTS, launcher.javaOptions("other"));
    staging.writeArguments(JAR_ARGUMENTS, launcher.jar());
    Path program = staging.at("/servo");
    StaticProgram.compile(distribution.resolve("src/servo.c"), program);
    var tree = new FileTree().addAll(LIBRARIES, staging.at(LIBRARIES)).add(PROGRAM, program);
    for (String file : List.of(RUN_ARGUMENTS, OTHER_ARGUMENTS, JAR_ARGUMENTS)) {
      tree.add(file, staging.at(file));
    }
    return tree.addOpenDirectory(STATE);
  }

  private void copyArchives() throws IOException {
    Path libraries = Files.createDirectories(staging.at(LIBRARIES));
    List<Path> archives;
    try (Stream<Path> found = Files.list(distribution.resolve("lib"))) {
      archives = found.filter(file -> file.toString().endsWith(".jar")).toList();
    }
    Path sqlite = Archives.find(distribution.resolve("lib"), SqliteArchive.MODULE);
    SqliteArchive.part(sqlite, libraries);
    for (Path archive : archives) {
      if (!archive.equals(sqlite)) {
        Files.copy(archive, libraries.resolve(archive.getFileName()));
      }
    }
    staging.resetTimes(LIBRARIES);
  }

  /// `options`, and those that only an image has.
  private void writeArguments(String path, List<String> options) throws IOException {
    List<String> all = new ArrayList<>(options);
    all.add(NO_TOOLS);
    all.add(sqliteLibrary(LIBRARIES));
    staging.writeArguments(path, all);
  }

  private static String sqliteLibrary(String directory) {
    return "-Dorg.sqlite.lib.path=" + directory;
  }
}
