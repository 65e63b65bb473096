package io.multijob.e2e.service;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Adjustment;
import io.multijob.protocol.Answer;
import io.multijob.protocol.AnswerJson;
import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.WhatsNext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Answers as a service that adjusts: the first WHATS_NEXT of an app with DESCRIBE, later ones with
/// the adjustment, and the one that follows an ADJUSTMENT with MEASURE.
///
/// Thread-safe.
public final class Adjusting implements Handler {
  private final Command.Adjust adjustment;
  private final Set<String> described = ConcurrentHashMap.newKeySet();
  private final Map<String, Boolean> adjusted = new ConcurrentHashMap<>();

  /// @param adjustment for every pod of every app
  public Adjusting(Command.Adjust adjustment) {
    this.adjustment = adjustment;
  }

  @Override
  public Response handle(Request request) {
    String app = request.segments().get(1);
    Event event = EventJson.read(request.body());
    if (event instanceof Description) {
      described.add(app);
    }
    if (event instanceof Adjustment) {
      adjusted.put(app, true);
    }
    Answer answer =
        event instanceof WhatsNext ? new Answer.Commanded(next(app)) : new Answer.Done();
    return Response.json(200, AnswerJson.write(answer));
  }

  private Command next(String app) {
    if (!described.contains(app)) {
      return new Command.Describe();
    }
    return adjusted.remove(app) == null ? adjustment : new Command.Measure();
  }
}
