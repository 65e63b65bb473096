package io.multijob.cli;

import io.multijob.cli.cache.StartCache;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `servo cache`: makes a start short.
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    description = {
      "Makes the cache that shortens the start of `servo run`.",
      "It fits these jars and this Java, and lies in the folder of the jars. Takes some seconds.",
      "Without it, or with other jars or another Java, a start takes about twice as long and nothing"
          + " else changes."
    })
final class CacheCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    Optional<Path> launcher = Distribution.launcher();
    Optional<Path> cache = Distribution.cache();
    if (launcher.isEmpty() || cache.isEmpty()) {
      System.err.println("servo cache: there is no distribution here that could have one");
      return ExitCode.CONFIGURATION;
    }
    try (TemporaryDirectory temporary = TemporaryDirectory.make()) {
      new StartCache(launcher.get(), cache.get()).make(temporary.path());
      return ExitCode.STOPPED;
    } catch (IOException e) {
      System.err.println("servo cache: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }
}
