package io.multijob.cli;

import io.multijob.podmon.Podmon;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `servo podmon`: the collector, for a pod whose image is the servo's.
@Command(
    name = "podmon",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the pod that it runs in.",
      "Its uid is in OPTUNE_SELF_ID. The figures are the kernel's, and are written as the container's"
          + " termination message when the workload has ended."
    })
final class PodmonCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    Podmon.main(new String[0]);
    return 0;
  }
}
