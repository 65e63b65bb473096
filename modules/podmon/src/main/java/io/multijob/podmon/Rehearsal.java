package io.multijob.podmon;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.CgroupWatch;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.Hierarchy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Plays the life of a container once, with podmon's own group in its place, and throws the result
/// away. A JVM loads and links what it runs for the first time: some 30 ms, which would otherwise
/// lie between the kernel's word that the workload has started and our look at it.
final class Rehearsal {

  private Rehearsal() {}

  /// Plays it as the kernel of this machine would tell it, and as one that tells of no end.
  static void play(CgroupFiles files, PodGroups groups) {
    playOnce(files, groups);
    Map<Hierarchy, String> silent = new EnumMap<>(groups.pod().directories());
    silent.remove(Hierarchy.UNIFIED);
    if (!silent.isEmpty()) {
      playOnce(files, new PodGroups(new Group(silent), groups.ownNames()));
    }
  }

  private static void playOnce(CgroupFiles files, PodGroups groups) {
    var everybody = new PodGroups(groups.pod(), List.of());
    var monitor = new PodMonitor(files, new Script(groups), everybody);
    monitor.start(Instant.now());
    try {
      monitor.pass(Duration.ZERO);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to end already: the next wait will say so
    }
    PodReportJson.write(monitor.report("", Beginning.OURS));
  }

  /// Tells of podmon's own group coming, filling, emptying and going.
  private record Script(PodGroups groups) implements CgroupWatch {

    @Override
    public boolean add(String directory) {
      return true;
    }

    @Override
    public Changes await(Duration atMost) throws InterruptedException {
      List<Change> changes = new ArrayList<>();
      for (String name : groups.ownNames()) {
        for (String pod : groups.pod().directories().values()) {
          changes.add(new Change.Made(pod, name));
          changes.add(new Change.Written(pod + "/" + name, "cgroup.events"));
          changes.add(new Change.Removed(pod, name));
        }
      }
      Instant now = Instant.now();
      return new Changes(now, now, changes);
    }

    @Override
    public void close() {
      // holds nothing
    }
  }
}
