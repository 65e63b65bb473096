package io.multijob.podmon;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.CgroupWatch;
import io.multijob.cgroup.ContainerName;
import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.Occupancy;
import io.multijob.cgroup.Reading;
import io.multijob.podmon.Container.Arrival;
import io.multijob.podmon.PodReport.ContainerReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The containers of the pod beside podmon's own: follows each from the making of its group to its
/// end, and reads its figures then, before the group goes. Used by podmon's main thread only.
///
/// Everything here may be called more often than needed: it looks at what is, not at what an event
/// said.
final class PodContainers {
  private final CgroupFiles files;
  private final CgroupWatch watch;
  private final HeldPeaks reader;
  private final Occupancy occupancy;
  private final GroupAge age;
  private final PodGroups groups;

  /// By the name of the group, in the order in which they came.
  private final Map<String, Container> containers = new LinkedHashMap<>();

  /// The names of those whose emptying the kernel will tell.
  private final Set<String> told = new HashSet<>();

  /// What the running ones had used when they were looked at last.
  private final Map<String, Reading> looks = new HashMap<>();

  /// When those that are not told were looked at last: they still had processes then.
  private Instant polled = Instant.MIN;

  private boolean polling;
  private int changes;

  PodContainers(CgroupFiles files, CgroupWatch watch, HeldPeaks reader, PodGroups groups) {
    this.files = files;
    this.watch = watch;
    this.reader = reader;
    this.occupancy = new Occupancy(files);
    this.age = new GroupAge(files);
    this.groups = groups;
  }

  /// Takes in the containers that are there already, the oldest first.
  ///
  /// @return whether there are any that were not known
  boolean find(Instant now) {
    polled = now;
    int known = containers.size();
    Instant ours =
        groups.own().stream().map(own -> age.madeBefore(own, now)).findFirst().orElse(now);
    names()
        .filter(name -> !containers.containsKey(name))
        .map(name -> Map.entry(age.madeBefore(groups.pod().child(name), now), name))
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry -> find(entry.getValue(), entry.getKey(), ours));
    return containers.size() > known;
  }

  /// A container made after podmon's own came while podmon was starting: it is seen like those that
  /// come later. If it is over already, its figures are left in the pod's, and its end is unknown.
  private void find(String name, Instant made, Instant ours) {
    Arrival arrival = made.isAfter(ours) ? Arrival.SEEN : Arrival.FOUND;
    add(name, arrival, made);
    readBefore(name);
    Container container = containers.get(name);
    if (container != null && arrival == Arrival.SEEN && isOver(container)) {
      containers.remove(name);
    }
  }

  private boolean isOver(Container container) {
    boolean isGone = container.before().figures().isEmpty();
    return isGone
        || (container.before().orZero(Figure.CPU_NANOS) > 0
            && occupancy.isDeserted(container.group()));
  }

  /// Reads again what the containers had used when podmon came.
  ///
  /// @return whether that was more than when it was read last
  boolean readBefore() {
    boolean isMore = false;
    for (String name : List.copyOf(containers.keySet())) {
      isMore |= readBefore(name);
    }
    return isMore;
  }

  private boolean readBefore(String name) {
    Container container = containers.get(name);
    if (container == null) {
      return false; // gone since it was listed
    }
    Reading now = reader.read(container.group());
    long more = now.orZero(Figure.CPU_NANOS) - container.before().orZero(Figure.CPU_NANOS);
    if (more > 0 || container.before().figures().isEmpty()) {
      containers.put(name, container.foundAt(now));
    }
    return more > 0;
  }

  /// The group `name` has been made in one of the hierarchies, at `at` or before; if before
  /// `asked`, we were not waiting for it.
  void arrived(String name, Instant asked, Instant at) {
    if (isContainer(name)) {
      add(name, Arrival.SEEN, age.made(groups.pod().child(name), asked, at));
      endIfOver(name, at);
    }
  }

  /// One that came and ended before we heard of it: nothing more is told of it.
  private void endIfOver(String name, Instant at) {
    Container container = containers.get(name);
    if (container == null || container.hasEnded() || container.isRunning()) {
      return;
    }
    Reading used = reader.read(container.group());
    if (used.orZero(Figure.CPU_NANOS) > 0 && occupancy.isDeserted(container.group())) {
      update(name, container.ended(at, used));
    }
  }

  /// The kernel says that `name` has got its first process or lost its last.
  void changed(String name, Instant at) {
    Container container = containers.get(name);
    if (container == null) {
      return;
    }
    if (occupancy.isPopulated(container.group())) {
      update(name, container.entered(at));
    } else {
      left(name, container, at);
    }
  }

  /// The group `name` has been removed from one of the hierarchies, so nothing is in it any more.
  void removed(String name, Instant at) {
    Container container = containers.get(name);
    if (container != null) {
      left(name, container, at);
    }
  }

  /// Looks at everything, after changes were missed or where none are told.
  void rescan(Instant at) {
    Set<String> present = new HashSet<>(names().toList());
    present.forEach(name -> arrived(name, at, at));
    for (String name : List.copyOf(containers.keySet())) {
      if (present.contains(name)) {
        look(name, at);
      } else {
        removed(name, at);
      }
    }
    polled = at;
  }

  /// Looks at the containers whose end is not told. One that is found empty ended between the look
  /// before and this one: taken as half way.
  void poll(Instant at) {
    for (String name : List.copyOf(containers.keySet())) {
      if (!told.contains(name)) {
        look(name, at);
      }
    }
    polled = at;
  }

  /// Whether a container is there whose end only a poll can find.
  boolean needPolling() {
    return polling;
  }

  /// Grows with everything that happens to a container.
  int changes() {
    return changes;
  }

  /// Looks at what the running containers have used by now: all that is known of one whose group
  /// goes before its end can be read.
  void look() {
    workloads()
        .forEach((name, container) -> {
          if (container.isRunning()) {
            looks.merge(name, soFar(container.group()), (last, now) -> now.or(last));
          }
        });
  }

  /// What a group has used by now. That nothing was killed in it yet says nothing of its end.
  private Reading soFar(Group group) {
    Reading now = reader.read(group);
    return now.orZero(Figure.OOM_KILLS) > 0 ? now : now.without(Figure.OOM_KILLS);
  }

  /// When the last started of the running containers started.
  Optional<Instant> lastStart() {
    return workloads().values().stream()
        .filter(Container::isRunning)
        .map(Container::since)
        .max(Comparator.naturalOrder());
  }

  /// CPU time that the containers had used which podmon found at its start.
  PodReading usedByFound() {
    return new PodReading(
        sum(containers.values().stream().map(Container::before)), Reading.NOTHING);
  }

  /// What those have used by now that are not reported: pause, and sidecars further up.
  Reading rest() {
    return sum(
        containers.values().stream()
            .filter(container -> !isReported(container))
            .map(container -> reader.read(container.group())));
  }

  private static Reading sum(Stream<Reading> readings) {
    Map<Figure, Long> sum = new EnumMap<>(Figure.class);
    readings.forEach(reading ->
        reading.figures().forEach((figure, value) -> sum.merge(figure, value, Long::sum)));
    return new Reading(sum);
  }

  boolean anySeenRunning() {
    return containers.values().stream().anyMatch(Container::isSeenRunning);
  }

  int running() {
    return (int) containers.values().stream().filter(Container::isRunning).count();
  }

  int ended() {
    return (int) containers.values().stream().filter(Container::hasEnded).count();
  }

  /// The containers to report, the first started first: each that podmon saw run, and of those that
  /// it found the ones that have ended. One that was there before and goes on is pause or a
  /// sidecar.
  List<ContainerReport> report() {
    return containers.entrySet().stream()
        .filter(entry -> isReported(entry.getValue()))
        .sorted(Comparator.comparing(entry -> entry.getValue().since()))
        .map(entry -> report(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static boolean isReported(Container container) {
    return container.hasEnded() || container.isSeenRunning();
  }

  private ContainerReport report(String name, Container container) {
    return switch (container.phase()) {
      case Phase.Ended(_, _, Reading used) ->
          new ContainerReport(container, used.or(looks.getOrDefault(name, Reading.NOTHING)));
      case Phase.Made _, Phase.Running _ ->
          new ContainerReport(container, reader.read(container.group()));
    };
  }

  private void add(String name, Arrival arrival, Instant at) {
    Group group = groups.pod().child(name);
    if (!told.contains(name) && occupancy.eventsDirectory(group).filter(watch::add).isPresent()) {
      told.add(name);
    }
    Container container = containers.get(name);
    if (container == null) {
      String id = ContainerName.id(name).orElse(name);
      container = new Container(id, group, arrival, Reading.NOTHING, new Phase.Made(at));
    }
    update(name, occupancy.isPopulated(group) ? container.entered(container.since()) : container);
  }

  private void update(String name, Container container) {
    if (!container.equals(containers.put(name, container))) {
      changes++;
    }
    polling = anyUntold();
  }

  private boolean anyUntold() {
    return workloads().entrySet().stream()
        .anyMatch(entry -> !entry.getValue().hasEnded() && !told.contains(entry.getKey()));
  }

  /// The oldest of the containers found does not count: it is pause, which ends last, or its
  /// removal has to do.
  private Map<String, Container> workloads() {
    Map<String, Container> workloads = new LinkedHashMap<>(containers);
    containers.entrySet().stream()
        .filter(entry -> entry.getValue().arrival() == Arrival.FOUND)
        .findFirst()
        .ifPresent(oldest -> workloads.remove(oldest.getKey()));
    return workloads;
  }

  private void look(String name, Instant at) {
    Container container = containers.get(name);
    if (container == null || container.hasEnded()) {
      return;
    }
    if (occupancy.isPopulated(container.group())) {
      if (!container.isRunning()) {
        update(name, container.entered(container.since()));
      }
    } else if (container.isRunning()) {
      Instant seen = container.since().isAfter(polled) ? container.since() : polled;
      left(name, container, middle(seen, at));
    }
  }

  private static Instant middle(Instant from, Instant to) {
    return from.plusNanos(Duration.between(from, to).toNanos() / 2);
  }

  /// A container that was found empty and never had a process since is what is left of an init
  /// container: forgotten.
  private void left(String name, Container container, Instant at) {
    if (container.arrival() == Arrival.FOUND && container.phase() instanceof Phase.Made) {
      containers.remove(name);
      changes++;
      polling = anyUntold();
    } else if (!container.hasEnded()) {
      update(name, container.ended(at, reader.read(container.group())));
    }
  }

  private Stream<String> names() {
    return groups.pod().directories().values().stream()
        .flatMap(directory -> files.list(directory).stream())
        .distinct()
        .filter(this::isContainer);
  }

  private boolean isContainer(String name) {
    return !groups.isOwn(name) && ContainerName.id(name).isPresent();
  }
}
