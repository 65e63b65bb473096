package io.multijob.cgroup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A watch that can tell nothing and says so after each pause: for systems whose inotify instances
/// are used up, so that a pod is still measured, by looking.
public final class BlindWatch implements CgroupWatch {

  @Override
  public boolean add(String directory) {
    return false;
  }

  @Override
  public Changes await(Duration atMost) throws InterruptedException {
    Instant asked = Instant.now();
    Thread.sleep(atMost);
    return new Changes(asked, Instant.now(), List.of(new Change.Missed()));
  }

  @Override
  public void close() {
    // holds nothing
  }
}
