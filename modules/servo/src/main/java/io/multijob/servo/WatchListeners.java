package io.multijob.servo;

import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import java.util.List;

/// Tells several listeners.
record WatchListeners(List<WatchListener> listeners) implements WatchListener {

  WatchListeners {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void received(Scope scope) {
    for (WatchListener listener : listeners) {
      listener.received(scope);
    }
  }

  @Override
  public void listed(Scope scope, int pods) {
    for (WatchListener listener : listeners) {
      listener.listed(scope, pods);
    }
  }

  @Override
  public void watching(Scope scope) {
    for (WatchListener listener : listeners) {
      listener.watching(scope);
    }
  }

  @Override
  public void failed(Scope scope, WatchProblem problem, int failures) {
    for (WatchListener listener : listeners) {
      listener.failed(scope, problem, failures);
    }
  }
}
