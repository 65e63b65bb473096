package io.multijob.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

final class MainTest {
  private static final int TERMINAL = 80;

  static Collection<CommandLine> commands() {
    return Main.commandLine().getSubcommands().values();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void listsEachCommandInALine(CommandLine command) {
    String name = command.getCommandName();
    String description = command.getCommandSpec().usageMessage().description()[0];

    assertThat(description).matches("[A-Z].*[.]");
    assertThat(Main.commandLine().getUsageMessage())
        .contains("\n  %-7s  %s\n".formatted(name, description));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void fitsATerminal(CommandLine command) {
    assertThat(command.getUsageMessage().lines())
        .allMatch(line -> line.length() <= TERMINAL || line.contains("https://"));
  }

  @Test
  void keepsTheLinesOfTheSettings() {
    String usage = commands().iterator().next().getUsageMessage();

    assertThat(usage)
        .contains("\nSettings come from the environment:\n\nOPTUNE_URL          Where reports go;")
        .contains("\nOPTUNE_DEBUG        1 logs more (0)\n");
  }

  @Test
  void helpListsThem() {
    StringWriter out = new StringWriter();

    assertThat(Main.commandLine().setOut(new PrintWriter(out)).execute("help")).isZero();
    assertThat(out.toString()).isEqualTo(Main.commandLine().getUsageMessage());
  }
}
