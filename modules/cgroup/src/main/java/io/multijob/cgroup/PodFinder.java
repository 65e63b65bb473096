package io.multijob.cgroup;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds a pod's group by the pod's uid, wherever the kubelet and what lies around it have put it.
///
/// The path is never built: a QoS level that Guaranteed pods do not have, the systemd driver's
/// spelling, and the prefixes of nested clusters all change it. The name of the directory always
/// ends in `pod<uid>`, with `_` for `-` and `.slice` after it under the systemd driver.
public final class PodFinder {
  /// Deeper than any layout seen: `docker/<id>/kubelet.slice/kubelet-kubepods.slice/<qos>/<pod>`.
  private static final int DEEPEST = 12;

  private static final int UID_LENGTH = 36;

  private final CgroupFiles files;
  private final Mounts mounts;

  public PodFinder(CgroupFiles files, Mounts mounts) {
    this.files = files;
    this.mounts = mounts;
  }

  /// The group of the pod `uid` in every hierarchy that has it, or empty if none has.
  ///
  /// @param hints where the pod may lie below each hierarchy's root, such as
  ///   `/kubepods/burstable/pod<uid>`; looked at first, and no error if nothing is there
  public Optional<Group> find(String uid, List<String> hints) {
    Collection<String> known = new LinkedHashSet<>();
    for (String hint : hints) {
      known.add(hint.startsWith("/") ? hint : "/" + hint);
    }
    Map<Hierarchy, String> found = new EnumMap<>(Hierarchy.class);
    mounts
        .roots()
        .forEach((hierarchy, root) -> {
          Optional<String> path = findBelow(root, uid, known);
          path.ifPresent(known::add);
          path.ifPresent(below -> found.put(hierarchy, root + below));
        });
    return found.isEmpty() ? Optional.empty() : Optional.of(new Group(found));
  }

  private Optional<String> findBelow(String root, String uid, Collection<String> known) {
    for (String path : known) {
      if (files.isDirectory(root + path)) {
        return Optional.of(path);
      }
    }
    return uid.isBlank() ? Optional.empty() : search(root, uid);
  }

  /// Breadth first, but the kubelet's own branches before all others: four or five listings on most
  /// nodes instead of several hundred.
  private Optional<String> search(String root, String uid) {
    Deque<String> open = new ArrayDeque<>();
    open.add("");
    while (!open.isEmpty()) {
      String path = open.removeFirst();
      Deque<String> likely = new ArrayDeque<>();
      for (String name : files.list(root + path)) {
        String below = path + "/" + name;
        if (isGroupOf(uid, name)) {
          return Optional.of(below);
        }
        if (leadsToPods(name)) {
          likely.add(below);
        } else if (mayBeGroup(name) && depth(below) < DEEPEST) {
          open.addLast(below);
        }
      }
      likely.forEach(open::addFirst);
    }
    return Optional.empty();
  }

  private static boolean isGroupOf(String uid, String name) {
    String stem = stem(name);
    return stem.endsWith("pod" + uid) || stem.endsWith("pod" + uid.replace('-', '_'));
  }

  private static String stem(String name) {
    return name.endsWith(".slice") ? name.substring(0, name.length() - ".slice".length()) : name;
  }

  private static boolean leadsToPods(String name) {
    return (name.contains("kube") && !isSomePod(name) && !name.endsWith(".service"))
        || name.equals("burstable")
        || name.equals("besteffort");
  }

  /// Whether `name` can be a group on the way to pods. Control files have a dot after the name of
  /// their controller; another pod has only its own containers below.
  private static boolean mayBeGroup(String name) {
    return !isSomePod(name)
        && (name.indexOf('.') < 0
            || name.endsWith(".slice")
            || name.endsWith(".scope")
            || name.endsWith(".service"));
  }

  private static boolean isSomePod(String name) {
    String stem = stem(name);
    return stem.startsWith("pod", stem.length() - UID_LENGTH - "pod".length());
  }

  private static long depth(String path) {
    return path.chars().filter(c -> c == '/').count();
  }
}
