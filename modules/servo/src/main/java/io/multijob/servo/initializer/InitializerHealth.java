package io.multijob.servo.initializer;

import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import java.util.Optional;

/// Remembers whether pods that wait for us can be seen.
///
/// Thread-safe.
final class InitializerHealth implements WatchListener {
  private volatile Optional<String> problem = Optional.of("pods are not listed yet");

  @Override
  public void received(Scope scope) {
    problem = Optional.empty();
  }

  @Override
  public void listed(Scope scope, int pods) {
    problem = Optional.empty();
  }

  @Override
  public void watching(Scope scope) {
    problem = Optional.empty();
  }

  @Override
  public void failed(Scope scope, WatchProblem what, int failures) {
    if (what.kind() != WatchProblem.Kind.EXPIRED) {
      problem = Optional.of("no pod of the cluster starts: " + what.message());
    }
  }

  Optional<String> problem() {
    return problem;
  }
}
