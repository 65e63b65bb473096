package io.multijob.cli;

import io.multijob.sandbox.run.Manifest;
import io.multijob.sandbox.run.ManifestException;
import io.multijob.sandbox.run.Manifests;
import io.multijob.servo.ConfigurationException;
import io.multijob.servo.observe.Logging;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `servo sandbox`: everything in one process, with real processes for pods.
@Command(
    name = "sandbox",
    mixinStandardHelpOptions = true,
    description = {
      "Runs one-time pods as processes here: measured, stored, shown.",
      "Goes on until it is interrupted, or with --once until all of them are reported."
    })
final class SandboxCommand implements Callable<Integer> {

  @Option(
      names = "--jobs",
      paramLabel = "DIR",
      description = "The manifests to run, Pods and Jobs; by default the examples.")
  private Optional<Path> jobs = Optional.empty();

  @Option(
      names = "--once",
      description =
          "End when all pods have ended: with 0 when each that has an app id was reported once.")
  private boolean once;

  @Option(
      names = "--json",
      description =
          "Print one line of JSON for each run, as the service stored it, and nothing else.")
  private boolean json;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "With --once: give up after so long (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Paint paint = Paint.ofThisTerminal();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logging.configure(LogOptions.verbosityOfDemo(), Logging.Format.TEXT);
    try {
      return run(manifests());
    } catch (ManifestException e) {
      e.problems().forEach(problem -> err.println("servo sandbox: " + problem));
    } catch (NoSuchFileException e) {
      err.println("servo sandbox: --jobs: no such file or directory: " + e.getFile());
    } catch (ConfigurationException e) {
      err.println("servo sandbox: " + e.getMessage());
    }
    return ExitCode.CONFIGURATION;
  }

  private int run(List<Manifest> manifests)
      throws IOException, ConfigurationException, InterruptedException {
    Sandbox sandbox = new Sandbox(TemporaryDirectory.make());
    // However the process ends, by itself or by Ctrl-C: no process and no group is left behind.
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "shutdown"));
    sandbox.start();
    sandbox.missing().forEach(line -> err.println(paint.bad("! ") + line));
    if (!json) {
      greet(sandbox);
    }
    Outcome outcome = new Outcome(sandbox, json ? run -> {} : this::show);
    outcome.follow();
    List<String> created = sandbox.create(manifests);
    if (!once) {
      new CountDownLatch(1).await();
    }
    return finish(outcome, created);
  }

  private int finish(Outcome outcome, List<String> created) throws InterruptedException {
    List<String> problems = outcome.await(created, Duration.ofSeconds(timeoutSeconds));
    if (json) {
      outcome.runs().forEach(run -> out.println(run.line()));
    }
    out.flush();
    problems.forEach(problem -> err.println("servo sandbox: " + problem));
    return problems.isEmpty() ? ExitCode.STOPPED : ExitCode.FAILED;
  }

  private void greet(Sandbox sandbox) {
    out.println();
    out.println(
        "  " + paint.bold("One-time pods, as real processes on this machine, each measured."));
    out.println();
    out.println("  page      " + paint.bold(sandbox.service().toString()));
    out.println("  kubectl   kubectl --kubeconfig " + sandbox.kubeconfig() + " get pods -w");
    if (!once) {
      out.println("  stop      Ctrl-C");
    }
    out.println();
    new RunTable(out, paint).printHead();
  }

  private void show(StoredRun run) {
    new RunTable(out, paint).print(run);
  }

  private List<Manifest> manifests() throws IOException {
    return Manifests.read(
        jobs.or(Distribution::sampleJobs)
            .orElseThrow(() -> new NoSuchFileException("example/jobs")));
  }
}
