package io.multijob.optune.api;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.optune.store.AppFilter;
import io.multijob.optune.store.Overview;
import io.multijob.optune.store.RunStore;
import io.multijob.optune.store.Step;
import io.multijob.optune.store.StoredRun;
import io.multijob.optune.store.Window;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers `GET /api/v1/...`. Thread-safe.
public final class Api implements Handler {
  private static final int APPS = 1_000;
  private static final int MAX_APPS = 10_000;
  private static final int RUNS = 100;
  private static final int MAX_RUNS = 1_000;

  private final RunStore store;
  private final InstantSource clock;
  private final JsonMapper mapper = JsonMapper.shared();
  private final RunJson runJson = new RunJson(mapper);
  private final AppJson appJson = new AppJson(mapper);

  public Api(RunStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  @Override
  public Response handle(Request request) throws IOException, InterruptedException {
    List<String> segments = request.segments();
    try {
      return Compression.of(answer(segments, request), request);
    } catch (ParameterException e) {
      return ApiErrors.of(e);
    }
  }

  private Response answer(List<String> segments, Request request)
      throws IOException, InterruptedException {
    return switch (segments.size()) {
      case 3 ->
          switch (segments.get(2)) {
            case "apps" -> apps(Parameters.of(request, "window", "after", "limit"));
            case "history" -> history(Parameters.of(request, "window", "app", "account"));
            case "runs" -> runs(Parameters.of(request, "app", "account", "limit", "before"));
            default -> unknownPath();
          };
      case 4 -> segments.get(2).equals("runs") ? run(segments.get(3)) : unknownPath();
      default -> unknownPath();
    };
  }

  private Response apps(Parameters parameters) throws IOException, InterruptedException {
    Window window = parameters.window();
    Instant now = clock.instant();
    Overview overview =
        store.overview(parameters.after(0), parameters.limit(APPS, MAX_APPS), window, now);
    ObjectNode json = windowed(window, now);
    json.put("last", overview.last());
    json.put("total", overview.total());
    appJson.addSums(json.putObject("all"), overview.all());
    ArrayNode apps = json.putArray("apps");
    overview.apps().forEach(app -> apps.add(appJson.of(app)));
    return json(json);
  }

  private Response history(Parameters parameters) throws IOException, InterruptedException {
    Window window = parameters.window();
    Instant now = clock.instant();
    ObjectNode json = windowed(window, now);
    json.put("step", window.step().toSeconds());
    ArrayNode steps = json.putArray("steps");
    for (Step step : store.history(window, parameters.apps(), now)) {
      ObjectNode one = steps.addObject();
      one.put("start", step.start().toString());
      appJson.addSums(one, step.summary());
    }
    return json(json);
  }

  private Response runs(Parameters parameters) throws IOException, InterruptedException {
    AppFilter filter = parameters.apps();
    int limit = parameters.limit(RUNS, MAX_RUNS);
    long last = store.last(); // before the runs are read: what comes after it may be among them
    List<StoredRun> runs = store.runsBefore(parameters.before(), limit + 1, filter);
    ObjectNode json = mapper.createObjectNode();
    json.put("last", last);
    ArrayNode array = json.putArray("runs");
    runs.stream().limit(limit).forEach(run -> array.add(runJson.of(run)));
    if (runs.size() > limit) {
      json.put("next", Cursor.after(runs.get(limit - 1).number()));
    }
    return json(json);
  }

  private Response run(String id) throws IOException, InterruptedException {
    return store
        .run(id)
        .map(run -> json(runJson.of(run)))
        .orElseGet(() -> ApiErrors.of(404, "no run has the id \"" + id + "\""));
  }

  private ObjectNode windowed(Window window, Instant now) {
    ObjectNode json = mapper.createObjectNode();
    json.put("window", window.text());
    json.put("since", window.since(now).toString());
    json.put("now", now.toString());
    return json;
  }

  private Response json(ObjectNode json) {
    return Response.json(200, mapper.writeValueAsBytes(json)).with("Cache-Control", "no-store");
  }

  private static Response unknownPath() {
    return ApiErrors.of(
        404,
        "no such path: try /api/v1/apps, /api/v1/runs, /api/v1/runs/{id}, /api/v1/history or"
            + " /api/v1/stream");
  }
}
