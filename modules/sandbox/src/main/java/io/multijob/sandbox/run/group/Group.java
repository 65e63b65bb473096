package io.multijob.sandbox.run.group;

import io.multijob.sandbox.run.group.Hierarchy.Version;
import io.multijob.sandbox.run.pod.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/// A control group of ours: the same path in every hierarchy. Where there is no hierarchy, every
/// operation does nothing.
///
/// Thread-safe as far as the kernel is. Not to be used by a thread that may be interrupted: an
/// interrupt makes a file unreadable, and that looks like a group that has gone.
public final class Group {
  private static final String PROCESSES = "cgroup.procs";
  private static final Duration EMPTYING_TIME = Duration.ofSeconds(5);
  private static final Duration REMOVING_TIME = Duration.ofSeconds(1);

  /// v1 tells nobody that a group has emptied, so it must be looked at.
  private static final Duration LOOK = Duration.ofMillis(1);

  private final List<Hierarchy> hierarchies;
  private final String path;

  Group(List<Hierarchy> hierarchies, String path) {
    this.hierarchies = List.copyOf(hierarchies);
    this.path = path;
  }

  /// The group `name` in this one, made or not.
  public Group child(String name) {
    return new Group(hierarchies, path + "/" + name);
  }

  /// Makes the group and says what it may use. One that is there already is kept.
  ///
  /// @throws IOException if it cannot be made or limited; what was made is removed again
  public void create(Resources resources) throws IOException {
    try {
      for (Hierarchy hierarchy : hierarchies) {
        Path directory = Files.createDirectories(directoryIn(hierarchy));
        for (Setting setting : Settings.of(hierarchy, resources)) {
          apply(directory, setting);
        }
      }
    } catch (IOException e) {
      remove();
      throw e;
    }
  }

  /// Lets the groups in this one have the controllers' files. v1 does that by itself.
  public void passOnControllers() throws IOException {
    for (Hierarchy hierarchy : hierarchies) {
      if (hierarchy.version() == Version.V2) {
        for (String controller : hierarchy.controllers()) {
          ControlFile.write(
              directoryIn(hierarchy).resolve("cgroup.subtree_control"), "+" + controller);
        }
      }
    }
  }

  /// Moves a process in. What it used before stays where it was counted.
  ///
  /// The v2 tree comes last: its event is what tells podmon that the container has a process.
  ///
  /// @throws IOException if the process has ended, or may not be moved
  public void add(long pid) throws IOException {
    for (Hierarchy hierarchy : hierarchies) {
      ControlFile.write(directoryIn(hierarchy).resolve(PROCESSES), Long.toString(pid));
    }
  }

  /// As [#add(long)], but leaves the last move to the process: so nothing of ours lies between its
  /// coming into the group, as podmon is told of it, and what it does next.
  ///
  /// @return the file into which the process has to write a 0; none where there is no hierarchy
  public Optional<Path> addAllButLast(long pid) throws IOException {
    if (hierarchies.isEmpty()) {
      return Optional.empty();
    }
    for (Hierarchy hierarchy : hierarchies.subList(0, hierarchies.size() - 1)) {
      ControlFile.write(directoryIn(hierarchy).resolve(PROCESSES), Long.toString(pid));
    }
    return Optional.of(directoryIn(hierarchies.getLast()).resolve(PROCESSES));
  }

  /// Whether there is no hierarchy in which it could be.
  public boolean isNowhere() {
    return hierarchies.isEmpty();
  }

  /// How many processes of this group the kernel has killed for its memory.
  public long oomKills() throws IOException {
    for (Hierarchy hierarchy : hierarchies) {
      if (hierarchy.has("memory")) {
        String file = hierarchy.version() == Version.V1 ? "memory.oom_control" : "memory.events";
        return ControlFile.keyed(directoryIn(hierarchy).resolve(file), "oom_kill");
      }
    }
    return 0;
  }

  /// Kills all in it and below it, and waits until they are gone: what a container's process
  /// namespace does when its first process ends.
  ///
  /// @return whether it is empty
  public boolean empty() {
    long end = System.nanoTime() + EMPTYING_TIME.toNanos();
    while (true) {
      Set<Long> pids = processes();
      if (pids.isEmpty()) {
        return true;
      }
      if (System.nanoTime() > end) {
        return false; // one in an uninterruptible call
      }
      killAtOnce();
      pids.forEach(Group::kill);
      LockSupport.parkNanos(LOOK.toNanos());
    }
  }

  /// The processes in it and below it, as this process sees them: one of another process namespace
  /// has no number here and is left alone.
  public Set<Long> processes() {
    Set<Long> pids = new LinkedHashSet<>();
    for (Hierarchy hierarchy : hierarchies) {
      for (Path directory : Tree.deepestFirst(directoryIn(hierarchy))) {
        pids.addAll(Tree.processes(directory));
      }
    }
    pids.remove(0L);
    return pids;
  }

  /// Removes it and all below it. A process that has left the list may keep its group for a moment
  /// more.
  ///
  /// @return whether nothing of it is left
  public boolean remove() {
    long end = System.nanoTime() + REMOVING_TIME.toNanos();
    for (Hierarchy hierarchy : hierarchies) {
      while (!Tree.remove(directoryIn(hierarchy))) {
        if (System.nanoTime() > end) {
          return false;
        }
        LockSupport.parkNanos(LOOK.toNanos());
      }
    }
    return true;
  }

  /// The group's directories, for messages.
  @Override
  public String toString() {
    List<String> directories = new ArrayList<>();
    hierarchies.forEach(hierarchy -> directories.add(directoryIn(hierarchy).toString()));
    return directories.toString();
  }

  private Path directoryIn(Hierarchy hierarchy) {
    return hierarchy.base().resolve(path);
  }

  private static void apply(Path directory, Setting setting) throws IOException {
    Path file = directory.resolve(setting.file());
    switch (setting.need()) {
      case REQUIRED -> ControlFile.write(file, setting.value());
      case WHERE_THERE -> {
        if (Files.isWritable(file)) {
          ControlFile.write(file, setting.value());
        }
      }
    }
  }

  /// Kills those too that are just being made, where the kernel can (v2, since Linux 5.14).
  private void killAtOnce() {
    for (Hierarchy hierarchy : hierarchies) {
      Path file = directoryIn(hierarchy).resolve("cgroup.kill");
      if (Files.isWritable(file)) {
        try {
          ControlFile.write(file, "1");
        } catch (IOException e) {
          return; // the group has gone, or they are killed one by one
        }
      }
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid)
        .filter(process -> !process.equals(ProcessHandle.current()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }
}
