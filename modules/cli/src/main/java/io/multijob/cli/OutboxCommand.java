package io.multijob.cli;

import io.multijob.servo.report.RefusedReports;
import io.multijob.servo.report.RefusedReports.Refused;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// `servo outbox`: the reports that the service has refused, for a person.
@Command(
    name = "outbox",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the reports that the service has refused.",
      "And has them offered again, or dropped. Works beside a running servo, where its state directory is."
    },
    subcommands = {
      OutboxCommand.ListReports.class,
      OutboxCommand.Show.class,
      OutboxCommand.Retry.class,
      OutboxCommand.Drop.class
    })
final class OutboxCommand {
  private static final String DEFAULT_DIRECTORY = "/var/lib/servo";

  private OutboxCommand() {}

  /// One of them.
  abstract static class OnOutbox implements Callable<Integer> {
    @Option(
        names = "--state-dir",
        paramLabel = "DIRECTORY",
        description = "By default that of STATE_DIR, or " + DEFAULT_DIRECTORY + ".")
    private Optional<Path> directory = Optional.empty();

    private final PrintStream out = System.out;

    @Override
    public Integer call() {
      try (RefusedReports reports =
          RefusedReports.open(
              directory.orElseGet(OnOutbox::directoryOfEnvironment), InstantSource.system())) {
        return run(reports) ? ExitCode.STOPPED : ExitCode.FAILED;
      } catch (IOException e) {
        System.err.println("servo outbox: " + e.getMessage());
        return ExitCode.FAILED;
      }
    }

    /// Does what was asked for.
    ///
    /// @return false if something of it could not be done
    abstract boolean run(RefusedReports reports) throws IOException;

    void say(String line) {
      out.println(line);
    }

    private static Path directoryOfEnvironment() {
      String path = System.getenv("STATE_DIR");
      return Path.of(path == null || path.isBlank() ? DEFAULT_DIRECTORY : path.strip());
    }
  }

  /// One for several reports.
  abstract static class OnReports extends OnOutbox {
    @Parameters(paramLabel = "ID", description = "The ids of the runs, as `list` shows them.")
    private List<String> named = List.of();

    @Option(names = "--all", description = "All that were refused.")
    private boolean all;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    final boolean run(RefusedReports reports) throws IOException {
      if (all != named.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "expected either ids of runs or --all");
      }
      List<String> ids = new ArrayList<>(named);
      if (all) {
        reports.list(refused -> ids.add(refused.report().id()));
      }
      boolean isWhole = true;
      int done = 0;
      for (String id : ids) {
        if (take(reports, id)) {
          done++;
        } else {
          isWhole = false;
          System.err.println("servo outbox: " + id + ": no such report was refused");
        }
      }
      say(done + " " + done());
      return isWhole;
    }

    abstract boolean take(RefusedReports reports, String id) throws IOException;

    abstract String done();
  }

  /// `servo outbox list`.
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists them, a line each: when, which run, of which app, and why.")
  static final class ListReports extends OnOutbox {
    private int count;

    @Override
    boolean run(RefusedReports reports) throws IOException {
      reports.list(this::tell);
      if (count == 0) {
        say("no report was refused");
      }
      return true;
    }

    private void tell(Refused refused) {
      count++;
      say(
          "%s  %-36s  %s  %s"
              .formatted(
                  refused.at().truncatedTo(ChronoUnit.SECONDS),
                  refused.report().id(),
                  refused.report().appId(),
                  refused.reason().lines().findFirst().orElse("")));
    }
  }

  /// `servo outbox show`.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows one whole: why it was refused, and what was sent.")
  static final class Show extends OnOutbox {
    @Parameters(paramLabel = "ID", description = "The id of the run, as `list` shows it.")
    private String id = "";

    @Override
    boolean run(RefusedReports reports) throws IOException {
      Optional<Refused> refused = reports.find(id);
      if (refused.isEmpty()) {
        System.err.println("servo outbox: " + id + ": no such report was refused");
        return false;
      }
      say("run      " + refused.get().report().id());
      say("app      " + refused.get().report().appId());
      say("refused  " + refused.get().at());
      say("reason   " + refused.get().reason());
      say(pretty(refused.get().report().body()));
      return true;
    }

    private static String pretty(String body) {
      try {
        JsonMapper mapper = JsonMapper.shared();
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(mapper.readTree(body));
      } catch (JacksonException e) {
        return body; // as it is: somebody wrote into our file
      }
    }
  }

  /// `servo outbox retry`.
  @Command(
      name = "retry",
      mixinStandardHelpOptions = true,
      description = "Offers them to the service again: within seconds where a servo runs.")
  static final class Retry extends OnReports {
    @Override
    boolean take(RefusedReports reports, String id) throws IOException {
      return reports.retry(id);
    }

    @Override
    String done() {
      return "to be offered again";
    }
  }

  /// `servo outbox drop`.
  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description = "Keeps them no longer. Their runs are not reported again.")
  static final class Drop extends OnReports {
    @Override
    boolean take(RefusedReports reports, String id) throws IOException {
      return reports.drop(id);
    }

    @Override
    String done() {
      return "dropped";
    }
  }
}
