package io.multijob.servo.observe;

import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// Whether each scope is listed and followed. A connection that breaks now and then is no trouble,
/// nor is an API server that turns us away while it starts; one that does not come back is.
///
/// Thread-safe.
public final class WatchHealth implements WatchListener {
  private static final int FAILURES_OF_NO_CONCERN = 2;

  private final Map<Scope, String> troubles = new ConcurrentHashMap<>();
  private final Set<Scope> listed = ConcurrentHashMap.newKeySet();

  public WatchHealth(Set<Scope> scopes) {
    scopes.forEach(scope -> troubles.put(scope, "not listed yet"));
  }

  /// What is wrong, scope by scope; empty when all is well.
  public Optional<String> problem() {
    Map<String, String> byName = new TreeMap<>();
    troubles.forEach((scope, trouble) -> byName.put(scope.namespace(), trouble));
    String all =
        byName.entrySet().stream()
            .map(entry -> entry.getKey() + ": " + entry.getValue())
            .collect(Collectors.joining("; "));
    return Optional.of(all).filter(text -> !text.isEmpty());
  }

  @Override
  public void received(Scope scope) {
    // A listed pod is no complete list yet; the watch tells when it stands.
  }

  @Override
  public void listed(Scope scope, int pods) {
    listed.add(scope);
    troubles.remove(scope);
  }

  @Override
  public void watching(Scope scope) {
    troubles.remove(scope);
  }

  @Override
  public void failed(Scope scope, WatchProblem problem, int failures) {
    if (!listed.contains(scope) || failures > FAILURES_OF_NO_CONCERN) {
      troubles.put(scope, problem.message());
    }
  }
}
