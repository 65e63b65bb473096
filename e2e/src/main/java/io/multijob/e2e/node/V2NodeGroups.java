package io.multijob.e2e.node;

import io.multijob.e2e.cluster.Machines;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// The groups of a pod on the node with cgroup v2 and the systemd driver: read again and again by a
/// script on that node.
public final class V2NodeGroups implements PodGroups {
  /// Reads each group again and again, and says at the end what it read last. Without a process of
  /// its own for each look: that node is slow.
  private static final String SCRIPT =
      """
      pod='/sys/fs/cgroup/kubepods.slice/*/kubepods-*podUID.slice'
      declare -A last
      for ((waited = 0; waited < 2400; waited++)); do [ -d $pod ] && break; sleep 0.1; done
      while [ -d $pod ]; do
        for group in $pod/cri-containerd-*.scope; do
          { read -r _ populated; } 2>/dev/null <"$group/cgroup.events" || continue
          { read -r _ cpu; } 2>/dev/null <"$group/cpu.stat" || continue
          { read -r peak; } 2>/dev/null <"$group/memory.peak" || continue
          kills=
          while read -r key value; do [ "$key" = oom_kill ] && kills=$value; done 2>/dev/null <"$group/memory.events"
          [ "$cpu" -gt 0 ] && [ -n "$kills" ] && last[$group]="$cpu $peak $kills $populated"
        done
        sleep 0.02
      done
      for group in "${!last[@]}"; do echo "${group##*-} ${last[$group]}"; done
      """;

  private final FutureTask<String> output;
  private final Thread thread;

  private V2NodeGroups(FutureTask<String> output) {
    this.output = output;
    this.thread = Thread.ofVirtual().name("v2-group-reader").start(output);
  }

  /// Follows those of the pod `uid`, which must come within four minutes.
  public static V2NodeGroups follow(Machines machines, String uid) {
    String script = SCRIPT.replace("UID", uid.replace('-', '_'));
    return new V2NodeGroups(
        new FutureTask<>(() -> machines.onV2Node("exec bash -c '" + quoted(script) + "'")));
  }

  /// Waits until the pod's groups are gone, some seconds after its end.
  @Override
  public GroupReading finalReadingOf(String containerId)
      throws IOException, InterruptedException, ExecutionException {
    String printed = output.get();
    String[] numbers =
        printed
            .lines()
            .filter(line -> line.startsWith(containerId + ".scope "))
            .findFirst()
            .orElseThrow(
                () -> new AssertionError("no final reading of " + containerId + " in: " + printed))
            .split(" ", -1);
    return new GroupReading(
        Long.parseLong(numbers[1]) * 1_000,
        Long.parseLong(numbers[2]),
        Long.parseLong(numbers[3]),
        numbers[4].equals("0"));
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private static String quoted(String script) {
    return script.replace("'", "'\\''");
  }
}
