package io.multijob.e2e.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// The image of podmon on Java: a Java of the one module that it needs, the system's libraries that
/// this needs, podmon's two archives and an AOT cache made by running them.
public final class PodmonImage {
  private static final String HOME = "/opt/podmon";
  private static final List<String> MODULES = List.of("cgroup", "podmon");
  private static final int KEY_DIGITS = 12;
  private static final ImageConfig CONFIG =
      new ImageConfig("65534:65534", command(HOME, "-XX:AOTCache=" + HOME + "/podmon.aot"));

  private final Path directory;

  private PodmonImage(Path directory) {
    this.directory = directory;
  }

  /// Builds it; some seconds.
  ///
  /// @param archive the file to write
  /// @param name such as `localhost/podmon:1`
  /// @param libraries the directory of the built distribution's archives
  public static void write(Path archive, String name, Path libraries)
      throws IOException, InterruptedException {
    Path parent = archive.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path directory = Files.createTempDirectory(parent, "podmon");
    try {
      var image = new PodmonImage(directory);
      OciArchive.write(
          archive, name, CONFIG, List.of(image.makeJava(), image.makePodmon(libraries)));
    } finally {
      Directories.delete(directory);
    }
  }

  /// Tells builds of it apart: by podmon's archives, how it is started, and the Java in it.
  ///
  /// @param libraries the directory of the built distribution's archives
  public static String key(Path libraries) throws IOException {
    MessageDigest digest = OciArchive.sha256();
    digest.update(CONFIG.toString().getBytes(UTF_8));
    digest.update(Runtime.version().toString().getBytes(UTF_8));
    for (String module : MODULES) {
      digest.update(Files.readAllBytes(find(libraries, module)));
    }
    return OciArchive.hex(digest).substring(0, KEY_DIGITS);
  }

  /// The lower layer, which changes with Java only.
  private FileTree makeJava() throws IOException, InterruptedException {
    Path java = directory.resolve("java");
    link(java);
    resetTimes(java);
    var tree = new FileTree().addAll(HOME + "/java", java);
    SharedLibraries.of(java).forEach(library -> tree.add(library.toString(), library));
    return tree;
  }

  /// The upper layer. Java compares the archives' times with those when the cache was made.
  private FileTree makePodmon(Path libraries) throws IOException, InterruptedException {
    var tree = new FileTree();
    for (String module : MODULES) {
      Path archive = directory.resolve(module + ".jar");
      Files.copy(find(libraries, module), archive);
      resetTimes(archive);
      tree.add(HOME + "/" + module + ".jar", archive);
    }
    Path cache = directory.resolve("podmon.aot");
    PodmonTraining.run(directory, command(directory.toString(), "-XX:AOTCacheOutput=" + cache));
    return tree.add(HOME + "/podmon.aot", cache);
  }

  /// How podmon is started where it lies in `home`. Nothing but its figures is written anywhere,
  /// and the groups that it sees are not its own limits.
  private static List<String> command(String home, String cacheFlag) {
    return List.of(
        home + "/java/bin/java",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx16m",
        "-Xss256k",
        "-XX:-UsePerfData",
        "-XX:-UseContainerSupport",
        "-XX:+UnlockDiagnosticVMOptions",
        "-XX:ArchiveRelocationMode=0", // elsewhere in memory its 10 MB would have to be written
        // over
        cacheFlag,
        "-cp",
        home + "/podmon.jar:" + home + "/cgroup.jar",
        "io.multijob.podmon.Podmon");
  }

  private static void link(Path java) throws IOException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this Java has no jlink: a JDK is needed"));
    var printed = new StringWriter();
    var out = new PrintWriter(printed);
    int exit =
        jlink.run(
            out,
            out,
            "--add-modules",
            "java.base",
            "--strip-java-debug-attributes",
            "--no-header-files",
            "--no-man-pages",
            "--output",
            java.toString());
    if (exit != 0) {
      throw new IOException("jlink ended with " + exit + ": " + printed);
    }
  }

  private static Path find(Path libraries, String module) throws IOException {
    try (Stream<Path> found = Files.list(libraries)) {
      return found
          .filter(file -> file.getFileName().toString().matches(module + "-[0-9].*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no archive of " + module + " in " + libraries));
    }
  }

  /// Gives all files below `path` the time that they will have in the image.
  private static void resetTimes(Path path) throws IOException {
    FileTime time = FileTime.from(Instant.ofEpochSecond(TarWriter.SECONDS));
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(path)) {
      found.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      Files.setLastModifiedTime(file, time);
    }
  }
}
