package io.multijob.bench.decode;

/// The namespaces of an [EventServer]: their names say what is in them.
final class RecordedCluster {
  /// No pod at first, and then one life after another, as fast as they are read.
  static final String BUSY = "busy";

  private static final String STILL = "still-";

  private RecordedCluster() {}

  /// That many running pods, to which nothing happens.
  static String still(int pods) {
    return STILL + pods;
  }

  /// How many pods a list of the namespace holds.
  static int listed(String namespace) {
    return namespace.startsWith(STILL) ? Integer.parseInt(namespace.substring(STILL.length())) : 0;
  }
}
