package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An image that has been made and not been written yet; its files lie in the directory in which it
/// was made.
///
/// @param layers the lowest first
public record Image(ImageConfig config, List<FileTree> layers) {

  public Image {
    layers = List.copyOf(layers);
  }

  /// Writes it as one file that containerd, Docker and Podman take.
  ///
  /// @param name such as `localhost/podmon:1`
  /// @throws IOException if a file cannot be read or written
  public void writeArchive(Path archive, String name) throws IOException {
    Files.createDirectories(archive.toAbsolutePath().getParent());
    OciArchive.write(archive, name, this);
  }

  /// Writes its root directory, for a Dockerfile to copy.
  ///
  /// @param directory in whose place the root comes
  /// @throws IOException if a file cannot be read or written
  public void writeRoot(Path directory) throws IOException {
    Directories.delete(directory);
    for (FileTree layer : layers) {
      RootDirectory.write(directory, layer);
    }
  }
}
