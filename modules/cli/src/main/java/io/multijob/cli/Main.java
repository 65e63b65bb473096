package io.multijob.cli;

import io.multijob.servo.SettingsTable;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

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
      CheckCommand.class,
      WebhookCommand.class,
      PolicyCommand.class,
      ReleaseCommand.class,
      OutboxCommand.class,
      AppIdCommand.class,
      OptuneCommand.class,
      SandboxCommand.class,
      PodmonCommand.class,
      ImagesCommand.class,
      CacheCommand.class,
      HelpCommand.class
    })
public final class Main {
  /// The table has lines of its own, none longer but that with the usual service's address.
  private static final int WIDTH_OF_SETTINGS = 120;

  private Main() {}

  /// `servo run`, which has no arguments, starts without the argument parser: that takes as long as
  /// half of the start to watching.
  public static void main(String[] arguments) {
    boolean plainRun = List.of(arguments).equals(List.of("run"));
    System.exit(plainRun ? new RunCommand().call() : execute(arguments));
  }

  static int execute(String... arguments) {
    return commandLine().execute(arguments);
  }

  static CommandLine commandLine() {
    CommandLine command =
        new CommandLine(new Main())
            .setUsageHelpAutoWidth(true)
            .setCaseInsensitiveEnumValuesAllowed(true);
    CommandLine run = subcommand(command, "run");
    run.setUsageHelpAutoWidth(false).setUsageHelpWidth(WIDTH_OF_SETTINGS);
    run.getCommandSpec()
        .usageMessage()
        .footer(SettingsTable.text().strip().replace("%", "%%").split("\n", -1));
    subcommand(command, "help")
        .getCommandSpec()
        .usageMessage()
        .header(new String[0]) // picocli's own would be listed
        .description("Lists the commands, or tells of one.");
    return command;
  }

  private static CommandLine subcommand(CommandLine command, String name) {
    return Objects.requireNonNull(command.getSubcommands().get(name), name);
  }
}
