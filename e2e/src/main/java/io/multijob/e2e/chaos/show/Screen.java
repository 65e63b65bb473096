package io.multijob.e2e.chaos.show;

import io.multijob.e2e.chaos.ledger.Tally;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/// Prints how the trial goes, a line at a time, so that it reads as well in a log.
///
/// Not thread-safe.
public final class Screen {
  private static final int LINES_TO_HEAD = 20;

  private final PrintStream out;
  private final Colors colors;
  private int lines;

  /// Whether what is printed is coloured.
  public enum Colors {
    NONE,
    ANSI;

    /// As whoever looks seems to want it.
    @SuppressWarnings("SystemConsoleNull") // so it is documented, and NullAway holds it
    public static Colors ofEnvironment() {
      Console console = System.console();
      boolean seen = console != null && console.isTerminal();
      return seen && System.getenv("NO_COLOR") == null ? ANSI : NONE;
    }
  }

  public Screen(PrintStream out, Colors colors) {
    this.out = out;
    this.colors = colors;
  }

  /// What the parts do at the moment.
  ///
  /// @param servo such as `ready (4)`
  public record Parts(String servo, String faults) {}

  public void say(String line) {
    out.println(line);
    out.flush();
  }

  public void sayBold(String line) {
    say(colored("1", line));
  }

  public void sayWell(String line) {
    say(colored("1;32", line));
  }

  public void sayBadly(String line) {
    say(colored("1;31", line));
  }

  /// How far it has come.
  public void progress(Duration passed, Tally tally, Parts parts) {
    if (lines++ % LINES_TO_HEAD == 0) {
      say("");
      say(
          colored(
              "2",
              "   time    pods   ended deleted reported  again   to come  servo         struck so far"));
    }
    say(
        String.format(
            Locale.ROOT,
            "%4d:%02d %,7d %,7d %,7d  %,7d %,6d   %,7d  %-12s  %s",
            passed.toMinutes(),
            passed.toSecondsPart(),
            tally.created(),
            tally.ended(),
            tally.deleted(),
            tally.reported(),
            tally.again(),
            Math.max(0, tally.ended() - tally.reported()),
            parts.servo(),
            parts.faults()));
  }

  private String colored(String code, String text) {
    return colors == Colors.ANSI ? "\033[" + code + "m" + text + "\033[0m" : text;
  }
}
