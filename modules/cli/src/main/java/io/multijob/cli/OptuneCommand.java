package io.multijob.cli;

import io.multijob.optune.ConfigurationException;
import io.multijob.optune.Optune;
import io.multijob.optune.OptuneConfig;
import io.multijob.servo.observe.Logging;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/// `servo optune`: the service, until it is told to stop.
@Command(
    name = "optune",
    mixinStandardHelpOptions = true,
    description = {
      "Takes the runs that servos report, and shows them on a page.",
      "Settings come from the environment: OPTUNE_LISTEN (127.0.0.1:8090), OPTUNE_STATE_DIR"
          + " (/var/lib/optune), OPTUNE_AUTH_TOKEN (none)."
    })
final class OptuneCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    Logging.configure(LogOptions.verbosity(), LogOptions.format());
    Logger log = LoggerFactory.getLogger(OptuneCommand.class);
    OptuneConfig.misspelt(System.getenv()).forEach(log::warn);
    try {
      Optune service = new Optune(OptuneConfig.from(System.getenv()));
      // After the parts are closed the process ends as one that was told to stop: with 0.
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(service), "shutdown"));
      service.start();
      new CountDownLatch(1).await();
      return ExitCode.STOPPED;
    } catch (ConfigurationException | IOException e) {
      System.err.println("servo optune: " + e.getMessage());
      return ExitCode.CONFIGURATION;
    }
  }

  private static void end(Optune service) {
    try {
      service.close();
      Runtime.getRuntime().halt(ExitCode.STOPPED);
    } catch (IOException e) {
      System.err.println("servo optune: did not close cleanly: " + e.getMessage());
      Runtime.getRuntime().halt(ExitCode.FAILED);
    }
  }
}
