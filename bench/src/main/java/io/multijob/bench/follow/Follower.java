package io.multijob.bench.follow;

import java.io.IOException;

/// Lists and follows the pods of namespaces, and keeps what it needs of each.
public interface Follower extends AutoCloseable {

  /// Begins to follow the pods of a namespace.
  void follow(String namespace) throws IOException;

  /// How many events have come so far: each pod that appeared, changed or went.
  long events();

  /// How many pods it keeps.
  int kept();

  @Override
  void close();
}
