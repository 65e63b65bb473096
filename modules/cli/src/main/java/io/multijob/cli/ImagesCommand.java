package io.multijob.cli;

import io.multijob.image.Image;
import io.multijob.image.NotermImage;
import io.multijob.image.PodmonImage;
import io.multijob.image.ServoImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `servo images`: container images of this distribution.
@Command(
    name = "images",
    mixinStandardHelpOptions = true,
    description = {
      "Makes container images of this, without a container engine.",
      "They are OCI archives, NAME.tar, of images called localhost/NAME:VERSION: of the servo, of"
          + " podmon, and of noterm, a sleeper that ignores TERM.",
      "Needs a JDK, and gcc for servo and noterm."
    })
final class ImagesCommand implements Callable<Integer> {

  /// What there can be an image of.
  enum Product {
    SERVO,
    PODMON,
    NOTERM;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Option(
      names = "--to",
      paramLabel = "DIR",
      defaultValue = "images",
      description = "Where to write them (default: ${DEFAULT-VALUE}).")
  private Path to = Path.of("images");

  @Option(
      names = "--root",
      description = "Write the root directory of each, DIR/NAME, for a Dockerfile to copy.")
  private boolean root;

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Which: ${COMPLETION-CANDIDATES}; all, unless told otherwise.")
  private List<Product> products = List.of(Product.values());

  @Override
  public Integer call() throws InterruptedException {
    Optional<Path> home = Distribution.home();
    if (home.isEmpty()) {
      System.err.println("servo images: there is no distribution here that could go into one");
      return ExitCode.CONFIGURATION;
    }
    for (Product product : products) {
      try {
        write(product, home.get());
      } catch (IOException e) {
        System.err.println("servo images: no image of " + product + ": " + e.getMessage());
        return ExitCode.FAILED;
      }
    }
    return ExitCode.STOPPED;
  }

  private void write(Product product, Path home) throws IOException, InterruptedException {
    try (TemporaryDirectory temporary = TemporaryDirectory.make()) {
      Image image = make(product, temporary.path(), home);
      if (root) {
        image.writeRoot(to.resolve(product.toString()));
        return;
      }
      String name = "localhost/" + product + ":" + Version.number();
      Path archive = to.resolve(product + ".tar");
      image.writeArchive(archive, name);
      System.out.println(archive + "  " + name);
    }
  }

  private static Image make(Product product, Path directory, Path home)
      throws IOException, InterruptedException {
    return switch (product) {
      case SERVO -> ServoImage.make(directory, home);
      case PODMON -> PodmonImage.make(directory, home.resolve("lib"));
      case NOTERM -> NotermImage.make(directory, home.resolve("src/noterm.c"));
    };
  }
}
