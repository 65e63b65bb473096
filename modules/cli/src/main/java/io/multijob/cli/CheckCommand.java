package io.multijob.cli;

import io.multijob.servo.ConfigurationException;
import io.multijob.servo.ServoConfig;
import io.multijob.servo.check.Examination;
import io.multijob.servo.check.Finding;
import io.multijob.servo.check.Finding.Verdict;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `servo check`: says whether the servo will work here.
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether the servo will work here, and what to do where not.",
      "Before an install and after it, with the settings of the environment, which are those of"
          + " `servo run`: the service and its token, the API server, permissions for each feature"
          + " that is on, the webhook, the policy, podmon, Pod Security. Changes nothing.",
      "Exit code 0 when nothing fails, 1 when something does, 2 when a setting is not right."
    })
final class CheckCommand implements Callable<Integer> {
  @Option(
      names = "--as",
      paramLabel = "USER",
      description = {
        "Looks at the permissions of this user rather than our own, such as"
            + " system:serviceaccount:default:opsani-servo; for administrators."
      })
  private String user = "";

  private int failed;

  @Override
  public Integer call() throws InterruptedException {
    try {
      ServoConfig config = ServoConfig.from(System.getenv());
      new Examination(config, user, this::show).run();
    } catch (ConfigurationException e) {
      System.err.println("servo check: " + e.getMessage());
      return ExitCode.CONFIGURATION;
    }
    System.out.println(failed == 0 ? "nothing fails" : failed + " of these would not work");
    return failed == 0 ? ExitCode.STOPPED : ExitCode.FAILED;
  }

  private void show(Finding finding) {
    if (finding.verdict() == Verdict.FAILS) {
      failed++;
    }
    String verdict =
        switch (finding.verdict()) {
          case OK -> "ok";
          case NOTE -> "note";
          case FAILS -> "FAILS";
        };
    System.out.printf("%-6s %-20s %s%n", verdict, finding.subject(), finding.words());
  }
}
