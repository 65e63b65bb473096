package io.multijob.servo.policy;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Namespaces whose annotations are kept in memory. Gives the outcomes that it was told to first,
/// and lets a write begin only when it may.
final class FakeNamespaces implements NamespaceWriter {
  private final Map<String, Map<String, String>> namespaces = new HashMap<>();
  private final Queue<Outcome> script;
  private final BlockingQueue<String> writes = new LinkedBlockingQueue<>();
  private final Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

  FakeNamespaces(Outcome... script) {
    this.script = new ArrayDeque<>(List.of(script));
  }

  @Override
  public Outcome write(String namespace, Function<Map<String, String>, Map<String, String>> plan)
      throws InterruptedException {
    writes.add(namespace);
    gate.acquire();
    synchronized (this) {
      if (!script.isEmpty()) {
        return script.remove();
      }
      Map<String, String> present = namespaces.computeIfAbsent(namespace, name -> new HashMap<>());
      Map<String, String> changes = plan.apply(Map.copyOf(present));
      changes.forEach((name, value) -> {
        if (value.isEmpty()) {
          present.remove(name);
        } else {
          present.put(name, value);
        }
      });
      return changes.isEmpty() ? new Outcome.Unchanged() : new Outcome.Written();
    }
  }

  /// Lets no write end until [#open()].
  void close() {
    gate.drainPermits();
  }

  void open() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  /// The namespaces of the writes that have begun, in their order.
  BlockingQueue<String> writes() {
    return writes;
  }

  synchronized Map<String, String> annotations(String namespace) {
    return Map.copyOf(namespaces.getOrDefault(namespace, Map.of()));
  }
}
