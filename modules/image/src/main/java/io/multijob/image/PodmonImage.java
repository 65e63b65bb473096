package io.multijob.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/// The image of podmon on Java: a Java of the one module that it needs, the system's libraries that
/// this needs, podmon's two archives and an AOT cache made by running them.
public final class PodmonImage {
  private static final String HOME = "/opt/podmon";
  private static final String JAVA = HOME + "/java";
  private static final String CACHE = HOME + "/podmon.aot";
  private static final String ARGUMENTS = HOME + "/podmon.args";
  private static final List<String> MODULES = List.of("cgroup", "podmon");
  private static final int KEY_DIGITS = 12;

  /// Nothing but its figures is written anywhere, and the groups that it sees are not its own
  /// limits.
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          // a compiler costs 9 MB and saves no time in a program that reads a few files
          "-Xint",
          "-Xmx16m",
          "-Xss256k",
          "-XX:-UsePerfData",
          "-XX:-UseContainerSupport",
          "-XX:+UnlockDiagnosticVMOptions",
          // elsewhere in memory its 10 MB would have to be written over
          "-XX:ArchiveRelocationMode=0");

  private final Staging staging;

  private PodmonImage(Staging staging) {
    this.staging = staging;
  }

  /// Makes it; some seconds.
  ///
  /// @param directory an empty directory, to be kept until the image is written
  /// @param libraries the directory of the built distribution's archives
  public static Image make(Path directory, Path libraries)
      throws IOException, InterruptedException {
    var image = new PodmonImage(new Staging(directory.toRealPath()));
    FileTree java = JavaRuntime.link(image.staging, JAVA, List.of("java.base"));
    return new Image(
        ImageConfig.of(JAVA + "/bin/java", "@" + ARGUMENTS),
        List.of(java, image.makePodmon(libraries)));
  }

  /// Makes it and writes it as one file.
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
      make(directory, libraries).writeArchive(archive, name);
    } finally {
      Directories.delete(directory);
    }
  }

  /// Tells builds of it apart: by podmon's archives, how it is started, and the Java in it.
  ///
  /// @param libraries the directory of the built distribution's archives
  public static String key(Path libraries) throws IOException {
    MessageDigest digest = OciArchive.sha256();
    digest.update(FLAGS.toString().getBytes(UTF_8));
    digest.update(Runtime.version().toString().getBytes(UTF_8));
    for (String module : MODULES) {
      digest.update(Files.readAllBytes(Archives.find(libraries, module)));
    }
    return OciArchive.hex(digest).substring(0, KEY_DIGITS);
  }

  /// The upper layer.
  private FileTree makePodmon(Path libraries) throws IOException, InterruptedException {
    var tree = new FileTree();
    for (String module : MODULES) {
      Path archive = staging.at(archive(module));
      Files.copy(Archives.find(libraries, module), archive);
      RootDirectory.resetTime(archive);
      tree.add(archive(module), archive);
    }
    List<String> training = new ArrayList<>(List.of(staging.at(JAVA + "/bin/java").toString()));
    training.addAll(arguments(staging.root().toString(), "-XX:AOTCacheOutput="));
    PodmonTraining.run(staging.root(), training);
    staging.writeArguments(ARGUMENTS, arguments("", "-XX:AOTCache="));
    return tree.add(CACHE, staging.at(CACHE)).add(ARGUMENTS, staging.at(ARGUMENTS));
  }

  /// Java's arguments where the root of the image is `root`.
  private static List<String> arguments(String root, String cacheFlag) {
    List<String> arguments = new ArrayList<>(FLAGS);
    arguments.add(cacheFlag + root + CACHE);
    arguments.add("-cp");
    arguments.add(root + archive("podmon") + ":" + root + archive("cgroup"));
    arguments.add("io.multijob.podmon.Podmon");
    return arguments;
  }

  private static String archive(String module) {
    return HOME + "/" + module + ".jar";
  }
}
