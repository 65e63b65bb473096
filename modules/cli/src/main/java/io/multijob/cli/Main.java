package io.multijob.cli;

import io.multijob.servo.SettingsTable;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `servo` command. Exit codes: 0 for a stop that was asked for, 1 for a failure, 2 for
/// arguments or settings that are not right.
@Command(
    name = "servo",
    description = "Measures every one-time Kubernetes pod, exactly.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      RunCommand.class,
      SandboxCommand.class,
      OptuneCommand.class,
      CacheCommand.class,
      PodmonCommand.class,
      AppIdCommand.class,
      OutboxCommand.class,
      ReleaseCommand.class
    })
public final class Main {

  private Main() {}

  /// `servo run`, which has no arguments, starts without the argument parser: that takes as long as
  /// half of the start to watching.
  public static void main(String[] arguments) {
    boolean plainRun = List.of(arguments).equals(List.of("run"));
    System.exit(plainRun ? new RunCommand().call() : execute(arguments));
  }

  static int execute(String... arguments) {
    CommandLine command = new CommandLine(new Main()).setUsageHelpAutoWidth(true);
    CommandLine run = Objects.requireNonNull(command.getSubcommands().get("run"), "run");
    run.getCommandSpec()
        .usageMessage()
        .footer(SettingsTable.text().replace("%", "%%").split("\n", -1));
    return command.execute(arguments);
  }
}
