package io.multijob.servo.observe;

import io.multijob.http.Response;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Whether the servo does what it is for: every scope is listed and watched, and runs can be
/// stored.
///
/// Thread-safe.
public final class Health implements WatchListener {
  private static final String NOT_YET = "not listed yet";

  private final Map<Scope, String> troubles = new ConcurrentHashMap<>();
  private final AtomicInteger storeFailures = new AtomicInteger();

  public Health(Set<Scope> scopes) {
    scopes.forEach(scope -> troubles.put(scope, NOT_YET));
  }

  @Override
  public void received(Scope scope) {
    // Only a watch that stands ends a trouble.
  }

  @Override
  public void listed(Scope scope, int pods) {
    troubles.remove(scope);
  }

  @Override
  public void watching(Scope scope) {
    troubles.remove(scope);
  }

  @Override
  public void failed(Scope scope, WatchProblem problem, int failures) {
    // One interruption is what every connection has now and then.
    if (failures > 1 || problem.kind().denied()) {
      troubles.put(scope, problem.message());
    }
  }

  /// Runs can be stored, or they cannot.
  ///
  /// @param failures in a row; 0 when the last one was stored
  public void storing(int failures) {
    storeFailures.set(failures);
  }

  public boolean ready() {
    return troubles.isEmpty() && storeFailures.get() == 0;
  }

  /// 200 when all is well, otherwise 503; says for each part what is wrong with it.
  public Response answer() {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("ready", ready());
    ObjectNode watches = json.putObject("watches");
    new TreeMap<>(byName()).forEach(watches::put);
    json.put(
        "outbox",
        Optional.of(storeFailures.get())
            .filter(failures -> failures > 0)
            .map(failures -> "cannot be written, " + failures + " failures in a row")
            .orElse("ok"));
    return Response.json(ready() ? 200 : 503, JsonMapper.shared().writeValueAsString(json));
  }

  private Map<String, String> byName() {
    Map<String, String> names = new TreeMap<>();
    troubles.forEach((scope, trouble) -> names.put(scope.toString(), trouble));
    return names;
  }
}
