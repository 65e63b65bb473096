package io.multijob.podmon;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.Group;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Podmon's own process: which of the pod's groups it is in, and what that says of the pod.
///
/// On v1 `/proc/self/cgroup` has the full path. In a cgroup namespace, as on v2, it has only `/`:
/// then our group is the one whose `cgroup.procs` lists our own process id as we see it; the
/// processes of other containers, being in other process namespaces, show there as 0.
final class OwnProcess {
  private static final int UID_LENGTH = 36;

  /// How far below a container's group its processes may be: `crun` makes one group more.
  private static final int DEEPEST = 2;

  private final CgroupFiles files;
  private final String proc;

  /// @param proc the process's own directory, `/proc/self`
  OwnProcess(CgroupFiles files, String proc) {
    this.files = files;
    this.proc = proc;
  }

  /// The uid of the pod, where the kernel shows us the path of our group.
  Optional<String> podUid() {
    for (String element : pathElements()) {
      int start = element.lastIndexOf("pod") + "pod".length();
      if (start >= "pod".length() && element.length() >= start + UID_LENGTH) {
        return Optional.of(element.substring(start, start + UID_LENGTH).replace('_', '-'));
      }
    }
    return Optional.empty();
  }

  /// The name of our own container's group below `pod`.
  Optional<String> groupName(Group pod) {
    var names = new TreeSet<String>();
    pod.directories().values().forEach(directory -> names.addAll(files.list(directory)));
    List<String> elements = pathElements();
    Optional<String> shown = names.stream().filter(elements::contains).findFirst();
    if (shown.isPresent()) {
      return shown;
    }
    String pid = pid();
    return names.stream().filter(name -> lists(pid, pod.child(name))).findFirst();
  }

  private List<String> pathElements() {
    return read(proc + "/cgroup")
        .lines()
        .map(line -> line.substring(line.lastIndexOf(':') + 1))
        .flatMap(path -> Arrays.stream(path.split("/")))
        .filter(element -> !element.isEmpty())
        .toList();
  }

  private String pid() {
    String stat = read(proc + "/stat");
    int end = stat.indexOf(' ');
    return end < 0 ? "" : stat.substring(0, end);
  }

  private boolean lists(String pid, Group group) {
    return group.directories().values().stream().anyMatch(path -> lists(pid, path, DEEPEST));
  }

  private boolean lists(String pid, String directory, int levels) {
    if (levels == 0 || !files.isDirectory(directory)) {
      return false;
    }
    return read(directory + "/cgroup.procs").lines().anyMatch(pid::equals)
        || files.list(directory).stream()
            .anyMatch(name -> lists(pid, directory + "/" + name, levels - 1));
  }

  private String read(String file) {
    try {
      return files.read(file);
    } catch (IOException e) {
      return ""; // a group that is going, or a system without /proc: lists nothing
    }
  }
}
