package io.multijob.podmon;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.CgroupWatch;
import io.multijob.cgroup.CgroupWatch.Change;
import io.multijob.cgroup.CgroupWatch.Changes;
import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.GroupReader;
import io.multijob.cgroup.Hierarchy;
import io.multijob.cgroup.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Follows one pod: woken by the kernel, reads once for each thing that happens. Used by podmon's
/// main thread only.
final class PodMonitor {
  /// How often processes are looked for where the kernel does not tell of their end, and only while
  /// a container is there. Half of it is the error of an end.
  private static final Duration POLL = Duration.ofMillis(10);

  /// How often memory is looked at where the kernel keeps no peak, and only while a container runs.
  private static final Duration SAMPLE = Duration.ofMillis(100);

  /// Podmon's own time, and that of containers, goes on while the pod's is read; more tries than
  /// are ever needed.
  private static final int MOST_TRIES = 10;

  /// How long after a look at running containers the next one comes, as a share of the time since
  /// the last of them started: two hundred looks in an hour.
  private static final int LOOKS = 20;

  private static final Duration SHORTEST_LOOK = Duration.ofMillis(100);
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(10);

  private static final String EVENTS = "cgroup.events";

  private final CgroupWatch watch;
  private final PodGroups groups;
  private final GroupReader reader;
  private final HeldPeaks peaks;
  private final PodContainers containers;

  private boolean told; // whether the kernel tells of groups made and removed in the pod
  private boolean gone;
  private PodReading atStart = PodReading.NOTHING;
  private PodReading atLastEnd = PodReading.NOTHING;
  private Instant nextLook = Instant.MIN;
  private Duration untilLook = Duration.ZERO;

  PodMonitor(CgroupFiles files, CgroupWatch watch, PodGroups groups) {
    this.watch = watch;
    this.groups = groups;
    this.reader = new GroupReader(files);
    this.peaks = new HeldPeaks(reader);
    this.containers = new PodContainers(files, watch, peaks, groups);
  }

  /// Sets the watches, and takes what the pod has used by now as that from which it is counted.
  void start(Instant now) {
    told = true;
    for (String directory : groups.pod().directories().values()) {
      told &= watch.add(directory);
    }
    boolean _ = containers.find(now);
    int tries = 0;
    do {
      atStart = readPod();
      tries++;
    } while (hasMore(now) && tries < MOST_TRIES);
  }

  /// Whether a container has come, or used more, since the beginning was read: that time would be
  /// in the beginning, and in nothing else.
  private boolean hasMore(Instant now) {
    boolean hasCome = containers.find(now);
    return containers.readBefore() || hasCome;
  }

  /// Waits until something happens, `atMost` so long, and takes it in.
  ///
  /// @return whether something has happened to a container or to the pod
  /// @throws InterruptedException if podmon is told to end
  boolean pass(Duration atMost) throws InterruptedException {
    Changes changes = watch.await(patience(atMost));
    int endedBefore = containers.ended();
    int changesBefore = containers.changes();
    for (Change change : changes.changes()) {
      take(change, changes);
    }
    if (containers.needPolling()) {
      containers.poll(changes.at());
    }
    boolean hasChanged = containers.changes() != changesBefore;
    look(changes.at(), hasChanged);
    if (containers.ended() != endedBefore) {
      atLastEnd = readPod();
    }
    return hasChanged || gone;
  }

  /// Looks at what runs, lest all be lost where podmon is so late that a container's group has gone
  /// when it comes to read its end.
  private void look(Instant at, boolean hasChanged) {
    Optional<Instant> start = containers.lastStart();
    if (start.isEmpty() || (!hasChanged && at.isBefore(nextLook))) {
      return;
    }
    if (keepsNoPeak()) {
      peaks.sample(groups.pod());
    }
    containers.look();
    Duration share = Duration.between(start.get(), at).dividedBy(LOOKS);
    untilLook = keepsNoPeak() ? SAMPLE : within(SHORTEST_LOOK, share, LONGEST_LOOK);
    nextLook = at.plus(untilLook);
  }

  private static Duration within(Duration least, Duration duration, Duration most) {
    Duration atLeast = duration.compareTo(least) < 0 ? least : duration;
    return atLeast.compareTo(most) > 0 ? most : atLeast;
  }

  /// How the pod stands, for the decision whether it is over.
  PodState state() {
    return new PodState(
        gone, containers.running(), containers.anySeenRunning(), containers.ended(), usedBefore());
  }

  /// What is to be reported now.
  ///
  /// @param podUid the pod's uid
  /// @param beginning from where the pod's time is counted
  PodReport report(String podUid, Beginning beginning) {
    PodReading latest =
        containers.ended() == 0 || containers.anySeenRunning() ? readPod() : atLastEnd;
    PodReading from =
        switch (beginning) {
          case OURS -> atStart;
          case THE_PODS -> containers.usedByFound();
        };
    var ledger = new Ledger(from, latest, containers.report(), containers.rest());
    return new PodReport(
        podUid,
        ledger.used(),
        latest.own(),
        source(),
        keepsNoPeak() || !ledger.isPeakWhole(),
        ledger.containers());
  }

  private void take(Change change, Changes told) {
    Instant at = told.at();
    switch (change) {
      case Change.Made(String directory, String name) when isPod(directory) ->
          containers.arrived(name, told.asked(), at);
      case Change.Removed(String directory, String name) when isPod(directory) ->
          containers.removed(name, at);
      case Change.Written(String directory, String name)
          when name.equals(EVENTS) && !isPod(directory) ->
          containers.changed(directory.substring(directory.lastIndexOf('/') + 1), at);
      case Change.Gone(String directory) when isPod(directory) -> gone = true;
      case Change.Missed() -> containers.rescan(at);
      case Change.Made _,
          Change.Removed _,
          Change.Written _,
          Change.Gone _ -> {} // below a container
    }
  }

  private boolean isPod(String directory) {
    return groups.pod().directories().containsValue(directory);
  }

  private Duration patience(Duration atMost) {
    if (!told || containers.needPolling()) {
      return POLL;
    }
    boolean looks = containers.lastStart().isPresent() && untilLook.compareTo(atMost) < 0;
    return looks ? untilLook : atMost;
  }

  /// Reads the pod between two readings of podmon's own time that agree, so that taking podmon's
  /// share out leaves the others' exactly.
  private PodReading readPod() {
    List<Group> own = groups.own();
    if (own.isEmpty()) {
      return new PodReading(peaks.read(groups.pod()), Reading.NOTHING);
    }
    PodReading reading = readPod(own.getFirst());
    for (int tries = 1; tries < MOST_TRIES && !isConsistent(reading, own.getFirst()); tries++) {
      reading = readPod(own.getFirst());
    }
    return reading;
  }

  private PodReading readPod(Group own) {
    Reading ownReading = peaks.read(own);
    return new PodReading(peaks.read(groups.pod()), ownReading);
  }

  private boolean isConsistent(PodReading reading, Group own) {
    return reader.readCpuNanos(own).equals(reading.own().find(Figure.CPU_NANOS));
  }

  private boolean keepsNoPeak() {
    return atStart.pod().find(Figure.HELD_BYTES).isPresent();
  }

  private PodReport.Source source() {
    return groups.pod().in(Hierarchy.CPUACCT).isPresent()
            || groups.pod().in(Hierarchy.MEMORY).isPresent()
        ? PodReport.Source.CGROUP_V1
        : PodReport.Source.CGROUP_V2;
  }

  /// CPU time in the pod of what was gone when podmon came: init containers, the making of the pod,
  /// or a workload that was faster.
  private Duration usedBefore() {
    long found = containers.usedByFound().pod().orZero(Figure.CPU_NANOS);
    return Duration.ofNanos(Math.max(0, atStart.others(Figure.CPU_NANOS) - found));
  }
}
