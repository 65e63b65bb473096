package io.multijob.sandbox.run.group;

import io.multijob.sandbox.run.pod.QosLevel;
import io.multijob.sandbox.run.pod.Resources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The groups of one sandbox, laid out as a kubelet with the cgroupfs driver lays out those of a
/// node:
///
///     <root>/<controller>/servo-sandbox-<n>/kubepods/<qos>/pod<uid>/<container id>
///
/// with one `<controller>` for each mount on v1, and none on v2.
///
/// Thread-safe.
public final class GroupTree implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupTree.class);

  private static final Set<String> V2_CONTROLLERS = Set.of("cpu", "memory", "pids");
  private static final long MILLIS_PER_CORE = 1_000;

  private final Place place;
  private final Group top;
  private final Group pods;

  private GroupTree(Place place, String name) {
    this.place = place;
    this.top = new Group(place.hierarchies(), name);
    this.pods = top.child("kubepods");
  }

  /// Finds where groups can be made below `root`, removes what crashed sandboxes have left there,
  /// and makes the upper levels. A tree without any group is returned where none can be made.
  ///
  /// @param root `/sys/fs/cgroup` on every usual machine
  public static GroupTree open(Path root) {
    String name = OwnerName.next();
    Place place =
        PlaceV2.isV2(root)
            ? new PlaceV2(V2_CONTROLLERS, name).find(root, OwnGroup.below(root))
            : PlaceV1.find(root, name);
    place.hierarchies().forEach(GroupTree::sweep);
    GroupTree tree = new GroupTree(place, name);
    try {
      tree.makeLevels();
      return tree;
    } catch (IOException e) {
      tree.close();
      String reason = "no control group can be set up: " + Cause.of(e);
      return new GroupTree(Place.of(List.of(), List.of(reason)), name);
    }
  }

  /// What cannot be measured here or does not hold, and how to get it, a line each.
  public List<String> missing() {
    if (!place.hierarchies().isEmpty()) {
      return place.shortcomings();
    }
    String reason =
        place.shortcomings().isEmpty()
            ? "no control groups are mounted"
            : place.shortcomings().getFirst();
    return List.of(Shortcoming.withoutGroups(reason));
  }

  /// Whether containers have groups at all.
  public boolean hasGroups() {
    return !place.hierarchies().isEmpty();
  }

  /// The group of a pod: below its class's, or beside those when it is Guaranteed.
  public Group pod(QosLevel level, String uid) {
    Group parent =
        switch (level) {
          case GUARANTEED -> pods;
          case BURSTABLE -> pods.child("burstable");
          case BEST_EFFORT -> pods.child("besteffort");
        };
    return parent.child("pod" + uid);
  }

  /// Where a process waits before it becomes a container's. The kernel takes 6 to 14 ms for the
  /// first move of a process after a while, and hardly any time for those that follow at once: so
  /// the first is to here, where nobody counts.
  public Group staging() {
    return top.child("staging");
  }

  /// Kills all that is left in the groups, and removes them.
  @Override
  public void close() {
    if (!top.empty() || !top.remove()) {
      LOG.atWarn().addKeyValue("groups", top).log("Control groups are left");
    }
    place.delegation().ifPresent(Delegation::undo);
  }

  private void makeLevels() throws IOException {
    Resources machine =
        Resources.share(Runtime.getRuntime().availableProcessors() * MILLIS_PER_CORE);
    // Unlike a kubelet's, the levels weigh the same: with next to nothing for the best-effort pods,
    // their durations would say more of their neighbours than of them.
    for (Group level : List.of(top, pods, pods.child("burstable"), pods.child("besteffort"))) {
      level.create(machine);
      level.passOnControllers();
    }
    staging().create(machine);
  }

  /// Ends and removes what sandboxes that crashed have left.
  private static void sweep(Hierarchy hierarchy) {
    for (String name : stale(hierarchy.base())) {
      Group group = new Group(List.of(hierarchy), name);
      boolean swept = group.empty() && group.remove();
      LOG.atInfo().addKeyValue("groups", group).addKeyValue("gone", swept).log("Swept old groups");
    }
  }

  private static Set<String> stale(Path base) {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(base)) {
      entries
          .map(entry -> entry.getFileName().toString())
          .filter(OwnerName::isStale)
          .forEach(names::add);
    } catch (IOException | UncheckedIOException e) {
      LOG.atDebug().setCause(e).addKeyValue("group", base).log("Control groups cannot be listed");
    }
    return names;
  }
}
