package io.multijob.image;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;

/// The lowest layer of an image on Java: a Java of the modules that its program needs, the system's
/// libraries that this needs, and who nobody is. It changes with Java and the system only.
final class JavaRuntime {
  private static final String AUTHORITIES = "lib/security/cacerts";

  /// What the system's library asks for, where there is a system.
  private static final List<SystemFile> SYSTEM_FILES =
      List.of(
          new SystemFile("/etc/passwd", "nobody:x:65534:65534:nobody:/:/sbin/nologin\n"),
          new SystemFile("/etc/group", "nobody:x:65534:\n"),
          new SystemFile("/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n"));

  private record SystemFile(String path, String content) {}

  private JavaRuntime() {}

  /// Links it; some seconds.
  ///
  /// @param home where it lies in the image
  static FileTree link(Staging staging, String home, List<String> modules)
      throws IOException, InterruptedException {
    Path java = staging.at(home);
    Files.createDirectories(java.getParent());
    link(java, modules);
    copyAuthorities(java);
    staging.resetTimes(home);
    var tree = new FileTree().addAll(home, java);
    SharedLibraries.of(java).forEach(library -> tree.add(library.toString(), library));
    for (SystemFile file : SYSTEM_FILES) {
      Path path = staging.at(file.path());
      Files.createDirectories(path.getParent());
      tree.add(file.path(), Files.writeString(path, file.content()));
    }
    return tree;
  }

  private static void link(Path java, List<String> modules) throws IOException {
    ToolProvider jlink =
        ToolProvider.findFirst("jlink")
            .orElseThrow(() -> new IOException("this Java has no jlink: a JDK is needed"));
    var printed = new StringWriter();
    var out = new PrintWriter(printed);
    List<String> arguments = new ArrayList<>(List.of("--add-modules", String.join(",", modules)));
    arguments.addAll(List.of("--strip-java-debug-attributes", "--no-header-files"));
    arguments.addAll(List.of("--no-man-pages", "--output", java.toString()));
    int exit = jlink.run(out, out, arguments.toArray(String[]::new));
    if (exit != 0) {
      throw new IOException("jlink ended with " + exit + ": " + printed);
    }
  }

  /// Some systems' Java has a link to the system's authorities in place of its own.
  private static void copyAuthorities(Path java) throws IOException {
    Path own = Path.of(System.getProperty("java.home")).resolve(AUTHORITIES);
    if (Files.isReadable(own)) {
      Files.copy(own, java.resolve(AUTHORITIES), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
