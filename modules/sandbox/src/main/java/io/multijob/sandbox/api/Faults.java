package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.Fault.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The faults that an [ApiServer] has been told to have. Thread-safe.
public final class Faults {

  /// A fault and how much of it is still to come.
  private static final class Armed {
    private final Fault fault;
    private int toSkip;
    private int left;

    Armed(Fault fault) {
      this.fault = fault;
      this.toSkip = fault.skip();
      this.left = fault.times();
    }

    /// Whether it happens now.
    boolean fires() {
      if (toSkip > 0) {
        toSkip--;
        return false;
      }
      left--;
      return true;
    }
  }

  private final Object lock = new Object();
  private final List<Armed> armed = new ArrayList<>(); // guarded by lock

  /// Arms a fault. Where several fit, the one that was armed first happens.
  public void inject(Fault fault) {
    synchronized (lock) {
      armed.add(new Armed(fault));
    }
  }

  /// Disarms all faults.
  public void clear() {
    synchronized (lock) {
      armed.clear();
    }
  }

  /// Whether no fault is left to happen.
  public boolean areSpent() {
    synchronized (lock) {
      return armed.isEmpty();
    }
  }

  Optional<Fault.OnRequest> onRequest(Request request) {
    return take(Fault.OnRequest.class, request);
  }

  Optional<Fault.OnEvent> onEvent(Request request) {
    return take(Fault.OnEvent.class, request);
  }

  private <T extends Effect> Optional<T> take(Class<T> kind, Request request) {
    synchronized (lock) {
      for (Armed candidate : armed) {
        Fault fault = candidate.fault;
        if (kind.isInstance(fault.effect()) && fault.requests().test(request)) {
          return candidate.fires() ? Optional.of(spend(kind, candidate)) : Optional.empty();
        }
      }
      return Optional.empty();
    }
  }

  private <T extends Effect> T spend(Class<T> kind, Armed fired) {
    if (fired.left == 0) {
      armed.remove(fired);
    }
    return kind.cast(fired.fault.effect());
  }
}
