package io.multijob.cli;

import io.multijob.servo.kubernetes.ClusterAccess;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.mark.Release;
import io.multijob.servo.pod.PodRef;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `servo release`: takes our finalizer off every pod.
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Takes our finalizer off every pod, before an uninstall.",
      "It is servo.optune.io/measurement, which pods have where HOLD_PODS was on. Needs no running"
          + " servo. Delete the policy `servo` first: it would go on to put it on new pods.",
      "Exit code 0 when no pod bears it any more, 1 when one could not be let go."
    })
final class ReleaseCommand implements Callable<Integer> {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Only in this namespace; by default in all of them.")
  private String namespace = "";

  @Option(names = "--dry-run", description = "Says which pods, and changes nothing.")
  private boolean dryRun;

  private final PrintStream out = System.out;
  private int found;
  private int failed;

  @Override
  public Integer call() throws InterruptedException {
    try (KubernetesApi api = KubernetesApi.open(ClusterAccess.find(System.getenv()))) {
      Release release = new Release(api);
      release.find(namespace, pod -> letGo(release, pod));
    } catch (IOException e) {
      System.err.println("servo release: " + e.getMessage());
      return ExitCode.FAILED;
    }
    out.println(summary());
    return failed == 0 ? ExitCode.STOPPED : ExitCode.FAILED;
  }

  private void letGo(Release release, PodRef pod) throws InterruptedException {
    found++;
    if (dryRun) {
      out.println(pod);
      return;
    }
    Optional<String> problem = release.letGo(pod);
    if (problem.isPresent()) {
      failed++;
      System.err.println("servo release: " + pod + ": " + problem.get());
    } else {
      out.println(pod + " released");
    }
  }

  private String summary() {
    if (found == 0) {
      return "no pod is held";
    }
    return dryRun
        ? "%d held; nothing was changed".formatted(found)
        : "%d held, %d released".formatted(found, found - failed);
  }
}
