package io.multijob.cgroup;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The trees under `src/test/resources/cgroup`.
final class Trees {
  static final String POD = "0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10";
  static final String WORKLOAD = "4f1d2c9be07a6d1f0a3b5c7e9d8f6a4b2c1e0d9f8a7b6c5d4e3f2a1b0c9d8e7f";

  private Trees() {}

  static String root(String tree) {
    try {
      var url = Objects.requireNonNull(Trees.class.getResource("/cgroup/" + tree), tree);
      return Path.of(url.toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The group of [#POD] in `tree`.
  static Group pod(String tree) {
    var files = new HostFiles();
    var finder = new PodFinder(files, Mounts.detect(files, root(tree)));
    return finder.find(POD, List.of()).orElseThrow();
  }

  /// The group of [#WORKLOAD] in `tree`.
  static Group workload(String tree) {
    Group pod = pod(tree);
    return pod.directories().values().stream()
        .flatMap(directory -> new HostFiles().list(directory).stream())
        .filter(name -> ContainerName.id(name).filter(WORKLOAD::equals).isPresent())
        .findFirst()
        .map(pod::child)
        .orElseThrow();
  }
}
