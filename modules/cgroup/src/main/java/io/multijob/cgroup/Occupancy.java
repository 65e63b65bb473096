package io.multijob.cgroup;

import java.io.IOException;
import java.util.Optional;

/// Tells whether processes are in groups. Thread-safe.
public final class Occupancy {
  private static final String EVENTS = "/cgroup.events";
  private static final String PROCESSES = "/cgroup.procs";

  private final CgroupFiles files;

  public Occupancy(CgroupFiles files) {
    this.files = files;
  }

  /// The directory in which the kernel tells of `group` emptying, by an inotify event on
  /// `cgroup.events`, if there is one: not on v1 alone.
  public Optional<String> eventsDirectory(Group group) {
    return group.in(Hierarchy.UNIFIED).filter(files::isDirectory);
  }

  /// Whether a process is in `group` or below it; false if the group is gone.
  public boolean isPopulated(Group group) {
    Optional<String> events = eventsDirectory(group);
    if (events.isPresent()) {
      return isPopulated(events.get());
    }
    return group.directories().values().stream().anyMatch(this::holdsProcess);
  }

  /// Whether no process is in `group` in any hierarchy. A process that is being started enters one
  /// after the other, and may use CPU time in one before it is in the next.
  public boolean isDeserted(Group group) {
    return !isPopulated(group)
        && group.directories().values().stream().noneMatch(this::holdsProcess);
  }

  private boolean isPopulated(String directory) {
    String file = directory + EVENTS;
    try {
      return FlatKeyed.parse(file, files.read(file).lines().toList()).require("populated") != 0;
    } catch (IOException e) {
      return false; // the group has gone, and nothing is in a group that can go
    }
  }

  /// Whether `directory`, or a group that the container has made below it, lists a process.
  private boolean holdsProcess(String directory) {
    try {
      if (!files.read(directory + PROCESSES).isEmpty()) {
        return true;
      }
    } catch (IOException e) {
      return false; // as above
    }
    return files.list(directory).stream()
        .map(name -> directory + "/" + name)
        .filter(files::isDirectory)
        .anyMatch(this::holdsProcess);
  }
}
