package io.multijob.e2e.chaos;

import io.multijob.e2e.chaos.show.Outcome;
import io.multijob.e2e.chaos.show.OutcomeJson;
import io.multijob.e2e.chaos.show.OutcomeText;
import io.multijob.e2e.chaos.show.Screen;
import io.multijob.e2e.chaos.show.Screen.Colors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// `make chaos`: makes the trial on the cluster of `KUBECONFIG`, and tells what came of it on the
/// screen and in `result.json` of the directory that the system property `chaos.directory` names.
public final class Chaos {
  private static final int PASSED = 0;
  private static final int FAILED = 1;
  private static final int WRONG_OPTION = 2;

  private Chaos() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(List.of(arguments)));
  }

  private static int run(List<String> arguments) throws Exception {
    if (arguments.contains("--help")) {
      System.out.print(ChaosOptions.USAGE);
      return PASSED;
    }
    ChaosOptions options;
    try {
      options = ChaosOptions.parse(arguments, ThreadLocalRandom.current().nextInt(1_000_000));
    } catch (UsageException e) {
      System.err.println("chaos: " + e.getMessage());
      System.err.print(ChaosOptions.USAGE);
      return WRONG_OPTION;
    }
    Path directory =
        Path.of(System.getProperty("chaos.directory", "target/chaos")).toAbsolutePath();
    Screen screen = new Screen(System.out, Colors.ofEnvironment());
    Outcome outcome;
    try (Trial trial = Trial.open(options, Files.createDirectories(directory), screen)) {
      outcome = trial.run();
    }
    OutcomeJson.write(outcome, directory.resolve("result.json"));
    new OutcomeText(screen).show(outcome);
    return outcome.passed() ? PASSED : FAILED;
  }
}
