package io.multijob.bench.memory;

import io.multijob.bench.child.ChildJvm;
import io.multijob.bench.follow.Follower;
import io.multijob.bench.follow.InformerFollower;
import java.nio.file.Path;

/// Holds all pods by the client library's informer, until it is told to end.
final class InformerChild {
  private static final int PAUSE_MILLIS = 100;

  private InformerChild() {}

  /// @param pods in the informer's store
  record Holds(int pods) {}

  public static void main(String[] arguments) throws Exception {
    int pods = Integer.parseInt(arguments[1]);
    try (Follower follower = InformerFollower.open(Path.of(arguments[0]))) {
      follower.follow(ApiServerChild.NAMESPACE);
      while (follower.kept() < pods) {
        Thread.sleep(PAUSE_MILLIS);
      }
      ChildJvm.say(new Holds(follower.kept()));
      var _ = ChildJvm.awaitWord();
    }
    System.exit(0);
  }
}
