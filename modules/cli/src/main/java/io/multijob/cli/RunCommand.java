package io.multijob.cli;

import io.multijob.servo.ServoProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `servo run`: the daemon, until it is told to stop.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Watches one-time pods and reports each run once.",
      "Goes on until it is told to stop, by TERM or INT.",
      "Exit code 1 when it cannot go on, 2 when a setting is not right."
    },
    footerHeading = "%nSettings come from the environment:%n%n")
final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return ServoProcess.run(System.getenv());
  }
}
