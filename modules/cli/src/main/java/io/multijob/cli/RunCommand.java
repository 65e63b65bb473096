package io.multijob.cli;

import io.multijob.servo.ServoProcess;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `servo run`: the daemon, until it is told to stop.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Watches one-time pods and reports each run once, until it is told to stop.",
      "Settings come from the environment:"
    })
final class RunCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    return ServoProcess.run(System.getenv());
  }
}
