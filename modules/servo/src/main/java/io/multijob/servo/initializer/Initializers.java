package io.multijob.servo.initializer;

import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.watch.ObjectSink;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.UninitializedPods;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The initializer `initcfg.optune.io`: lets every pod of the cluster go that waits for it, ours
/// changed, and goes on until closed. To be run by one replica only, the one that acts; pods that
/// wait while none does are let go by the next, which lists them.
///
/// Thread-safe.
public final class Initializers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Initializers.class);

  private final InitializerHealth health = new InitializerHealth();
  private final PodWork work;
  private final UninitializedPods watch;

  /// @param change what becomes of a pod; asked of every pod that waits for us, ours or not
  public Initializers(
      KubernetesApi api, PodChange change, InitializerTiming timing, InitializerListener listener) {
    PendingPods pods = new PendingPods(api);
    LimitedChange limited = new LimitedChange(change, timing.change());
    this.work =
        new PodWork(
            pod -> new LettingGo(pod, pods, limited, timing, listener), timing.backoff().longest());
    this.watch = new UninitializedPods(api, timing.watch(), new Sink(), health);
  }

  public void start() {
    watch.start();
  }

  /// What keeps pods from starting, for a person; nothing if all is well.
  public Optional<String> problem() {
    return health.problem();
  }

  /// How many pods are worked on.
  public int inWork() {
    return work.size();
  }

  /// Ends what is in progress. Pods that still wait are left to the next.
  @Override
  public void close() {
    watch.close();
    work.close();
  }

  /// Takes what the watch tells, on its thread.
  private final class Sink implements ObjectSink<ObjectNode> {

    @Override
    public void listing(Scope scope) {
      LOG.atDebug().log("Listing pods that wait for their initializers");
    }

    @Override
    public void seen(ObjectNode document) throws InterruptedException {
      PendingPod pod = new PendingPod(document);
      if (pod.isOurTurn()) {
        work.take(pod);
      }
    }

    @Override
    public void gone(ObjectNode document) {
      LOG.atTrace().log("Pod deleted"); // who works on it finds out
    }

    @Override
    public void listed(Scope scope) {
      LOG.atDebug().log("All pods listed that wait for their initializers");
    }
  }
}
