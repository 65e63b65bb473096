package io.multijob.cgroup;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import io.multijob.cgroup.RunDelays.Counted;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A watch by the JDK's watch service, which is inotify on Linux. Used by one thread.
///
/// On a busy machine the kernel's word is heard late: it goes through a thread of the watch service
/// and through the caller's, and each has to be given a processor. That time is taken off again.
public final class InotifyWatch implements CgroupWatch {
  /// The watch service's thread, `FileSystemWatchService`, as far as the kernel keeps its name.
  private static final String SERVICE_THREAD = "FileSystemWatch";

  /// Longer than it takes to count delays by a program that is only interpreted yet.
  private static final Duration USUAL_COUNTING = Duration.ofMillis(2);

  private final WatchService service;
  private final RunDelays delays;
  private final Map<WatchKey, String> directories = new HashMap<>();

  private InotifyWatch(WatchService service) {
    this.service = service;
    this.delays = RunDelays.ofCallerAnd(SERVICE_THREAD, new HostFiles());
  }

  /// A watch of nothing yet.
  ///
  /// @throws IOException if the system has no inotify instance left for this user
  public static InotifyWatch open() throws IOException {
    return new InotifyWatch(FileSystems.getDefault().newWatchService());
  }

  @Override
  public boolean add(String directory) {
    try {
      Path path = Path.of(directory);
      directories.put(path.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY), directory);
      return true;
    } catch (IOException e) {
      return false; // gone, or no watch left: the answer says so
    }
  }

  @Override
  public Changes await(Duration atMost) throws InterruptedException {
    Counted before = delays.counted();
    Instant asked = Instant.now();
    WatchKey key = service.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
    Instant heard = Instant.now();
    if (key == null) {
      return new Changes(asked, heard, List.of());
    }
    Counted after = countedAt(heard);
    Instant at = later(asked, heard.minus(after.lateSince(before)));
    List<Change> changes = new ArrayList<>();
    while (key != null) {
      addChanges(key, changes);
      key = service.poll();
    }
    return new Changes(after.isInterruptedSince(before) ? at : asked, at, changes);
  }

  @Override
  public void close() {
    try {
      service.close();
    } catch (IOException e) {
      throw new IllegalStateException("the watch service cannot be closed", e);
    }
  }

  private void addChanges(WatchKey key, List<Change> changes) {
    String directory = directories.get(key);
    if (directory == null) {
      return; // told before its registration returned, and given up since
    }
    for (WatchEvent<?> event : key.pollEvents()) {
      changes.add(change(directory, event));
    }
    if (!key.reset()) {
      directories.remove(key);
      changes.add(new Change.Gone(directory));
    }
  }

  /// What was counted at `heard`, a moment ago. If counting took long, it was interrupted.
  private Counted countedAt(Instant heard) {
    Counted counted = delays.counted();
    Duration counting = Duration.between(heard, Instant.now());
    return counting.compareTo(USUAL_COUNTING) > 0 ? counted.before(counting) : counted;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Change change(String directory, WatchEvent<?> event) {
    if (event.kind().equals(OVERFLOW)) {
      return new Change.Missed();
    }
    String name = String.valueOf(event.context());
    if (event.kind().equals(ENTRY_CREATE)) {
      return new Change.Made(directory, name);
    }
    if (event.kind().equals(ENTRY_DELETE)) {
      return new Change.Removed(directory, name);
    }
    return new Change.Written(directory, name);
  }
}
