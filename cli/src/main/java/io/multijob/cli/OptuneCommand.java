package io.multijob.cli;

import io.multijob.optune.ConfigurationException;
import io.multijob.optune.Optune;
import io.multijob.optune.OptuneConfig;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/// `servo optune`: the service, until it is told to stop.
@Command(
    name = "optune",
    mixinStandardHelpOptions = true,
    description = {
      "Takes the runs that servos report, keeps them, and shows them on a page.",
      "Settings come from the environment: OPTUNE_LISTEN (127.0.0.1:8090), OPTUNE_STATE_DIR"
          + " (/var/lib/optune), OPTUNE_AUTH_TOKEN (none)."
    })
final class OptuneCommand implements Callable<Integer> {

  @Override
  public Integer call() throws InterruptedException {
    OptuneConfig config;
    try {
      config = OptuneConfig.from(System.getenv());
    } catch (ConfigurationException e) {
      System.err.println(e.getMessage());
      return ExitCode.CONFIGURATION;
    }
    Optune service;
    try {
      service = new Optune(config);
    } catch (IOException e) {
      System.err.println("optune: " + e.getMessage());
      return ExitCode.CONFIGURATION;
    }
    var closed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(service, closed)));
    service.start();
    closed.await();
    return ExitCode.STOPPED;
  }

  private static void close(Optune service, CountDownLatch closed) {
    try {
      service.close();
    } catch (IOException e) {
      System.err.println("optune: " + e.getMessage());
    } finally {
      closed.countDown();
    }
  }
}
