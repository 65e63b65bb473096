package io.multijob.cli;

import io.multijob.podmon.Podmon;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `servo podmon`: the collector, for a pod whose image is the servo's.
@Command(
    name = "podmon",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the pod whose uid OPTUNE_SELF_ID holds, from the kernel's accounting, and writes the"
          + " figures as the container's termination message when the workload has ended."
    })
final class PodmonCommand implements Callable<Integer> {

  @Override
  public Integer call() {
    Podmon.main(new String[0]);
    return 0;
  }
}
