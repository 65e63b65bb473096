package io.multijob.bench.decode;

import com.sun.management.ThreadMXBean;
import io.multijob.bench.child.ChildJvm;
import io.multijob.bench.follow.Follower;
import io.multijob.bench.follow.InformerFollower;
import io.multijob.bench.follow.ServoFollower;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;

/// Follows an [EventServer] and says how that went.
///
///     rate KIND KUBECONFIG WARMUP TIME     says a [Rate]
///     kept KIND KUBECONFIG PODS            says what is [Kept]
final class DecodeChild {
  private static final int FEW = 10;

  private DecodeChild() {}

  /// Who follows.
  enum Kind {
    SERVO,
    INFORMER;

    Follower open(Path kubeconfig) throws IOException {
      return switch (this) {
        case SERVO -> ServoFollower.open(kubeconfig);
        case INFORMER -> InformerFollower.open(kubeconfig);
      };
    }
  }

  /// @param events in a second
  /// @param garbage bytes that were allocated for an event
  record Rate(double events, double garbage) {}

  /// @param bytes of heap that a pod keeps occupied
  record Kept(double bytes) {}

  public static void main(String[] arguments) throws Exception {
    try (Follower follower = Kind.valueOf(arguments[1]).open(Path.of(arguments[2]))) {
      if (arguments[0].equals("rate")) {
        ChildJvm.say(rate(follower, Duration.parse(arguments[3]), Duration.parse(arguments[4])));
      } else {
        ChildJvm.say(kept(follower, Integer.parseInt(arguments[3])));
      }
    }
    System.exit(0); // the informer leaves threads behind
  }

  private static Rate rate(Follower follower, Duration warmUp, Duration time) throws Exception {
    follower.follow(RecordedCluster.BUSY);
    Thread.sleep(warmUp);
    long events = follower.events();
    long allocated = allocated();
    long nanos = System.nanoTime();
    Thread.sleep(time);
    nanos = System.nanoTime() - nanos;
    allocated = allocated() - allocated;
    events = follower.events() - events;
    if (events == 0) {
      throw new IllegalStateException("no event in " + time);
    }
    return new Rate(events * 1e9 / nanos, (double) allocated / events);
  }

  /// What many pods keep, beyond what few do.
  private static Kept kept(Follower follower, int pods) throws Exception {
    follow(follower, FEW);
    long before = live();
    follow(follower, pods);
    return new Kept((double) (live() - before) / pods);
  }

  private static void follow(Follower follower, int pods) throws Exception {
    int before = follower.kept();
    follower.follow(RecordedCluster.still(pods));
    while (follower.events() < before + pods) {
      Thread.sleep(10);
    }
  }

  /// Bytes of heap that are in use, once all that is garbage has gone: some goes only after what
  /// pointed to it has been cleared.
  private static long live() {
    long before;
    long live = Long.MAX_VALUE;
    do {
      before = live;
      System.gc();
      live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    } while (live < before);
    return live;
  }

  private static long allocated() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getTotalThreadAllocatedBytes();
  }
}
