package io.multijob.optune.intake;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.optune.api.ApiErrors;
import io.multijob.optune.run.AppKey;
import io.multijob.optune.run.Run;
import io.multijob.optune.store.Acceptance;
import io.multijob.optune.store.RunStore;
import io.multijob.protocol.Adjustment;
import io.multijob.protocol.Answer;
import io.multijob.protocol.AnswerJson;
import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.protocol.Diag;
import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Goodbye;
import io.multijob.protocol.Hello;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.ProtocolException;
import io.multijob.protocol.WhatsNext;
import java.io.IOException;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the events of servos: `POST /metrics/{account}/{app id}/servo`.
///
/// A measurement is answered when it is on disk, and a second report of the same run like the
/// first. Thread-safe.
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final RunStore store;
  private final IntakeCounts counts;
  private final InstantSource clock;

  public Intake(RunStore store, IntakeCounts counts, InstantSource clock) {
    this.store = store;
    this.counts = counts;
    this.clock = clock;
  }

  /// Takes one event.
  ///
  /// @param account from the URL, decoded
  /// @param appId from the URL, decoded
  public Response receive(String account, String appId, Request request)
      throws InterruptedException {
    try {
      Event event = EventJson.read(request.body());
      return switch (event) {
        case WhatsNext _ -> answer(new Answer.Commanded(new Command.Measure()));
        case Measurement measurement -> store(new AppKey(account, appId), measurement, request);
        case Hello _, Description _, Adjustment _, Diag _, Goodbye _ -> {
          LOG.atInfo()
              .addKeyValue("account", account)
              .addKeyValue("app", appId)
              .addKeyValue("event", event.getClass().getSimpleName())
              .log("Servo spoke");
          yield answer(new Answer.Done());
        }
      };
    } catch (ProtocolException | IllegalArgumentException e) {
      counts.refused();
      return ApiErrors.of(400, e.getMessage() + "");
    }
  }

  private Response store(AppKey app, Measurement measurement, Request request)
      throws InterruptedException {
    Run run =
        new Run(
            RunId.of(request, app, measurement),
            app,
            clock.instant(),
            measurement,
            request.bodyText());
    try {
      Acceptance acceptance = store.add(run);
      counts.count(acceptance);
      return switch (acceptance) {
        case STORED, DUPLICATE -> answer(new Answer.Done());
        case BUSY -> tryAgain("too many reports at once", 1);
      };
    } catch (IOException e) {
      LOG.atError().setCause(e).addKeyValue("report", run.id()).log("Run cannot be stored");
      return tryAgain("the run could not be stored", 5);
    }
  }

  private static Response answer(Answer answer) {
    return Response.json(200, AnswerJson.write(answer));
  }

  private static Response tryAgain(String message, int seconds) {
    return ApiErrors.of(503, message).with("Retry-After", Integer.toString(seconds));
  }
}
