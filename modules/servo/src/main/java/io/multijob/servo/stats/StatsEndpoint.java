package io.multijob.servo.stats;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.PodmonReport;
import io.multijob.protocol.ProtocolException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers podmon's POST, on any path: 204 once its figures are stored, 400 for what cannot be
/// read, 404 for a pod that is not ours, 413 for too much, and 503 while that cannot be known or
/// stored.
///
/// Thread-safe.
public final class StatsEndpoint implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(StatsEndpoint.class);

  /// What a listener should let in: a larger body is no report.
  public static final int MAX_BODY_BYTES = PodmonReport.MAX_BYTES;

  private final RunTracker tracker;

  public StatsEndpoint(RunTracker tracker) {
    this.tracker = tracker;
  }

  @Override
  public Response handle(Request request) throws InterruptedException {
    if (!request.method().equals("POST")) {
      return Response.text(405, "only POST\n").with("Allow", "POST");
    }
    if (request.body().length > MAX_BODY_BYTES) {
      return Response.text(413, "the report is larger than " + MAX_BODY_BYTES + " bytes\n");
    }
    try {
      return answer(tracker.posted(PodmonReport.parse(request.body())));
    } catch (ProtocolException e) {
      return Response.text(400, e.getMessage() + "\n");
    } catch (IOException e) {
      LOG.atError().setCause(e).log("Posted figures cannot be stored");
      return later("cannot be stored now\n");
    }
  }

  private static Response answer(Posting posting) {
    return switch (posting) {
      case STORED, REPORTED_BEFORE -> Response.empty(204);
      case UNKNOWN_POD -> Response.text(404, "no pod of ours\n");
      case NOT_LISTED_YET -> later("the pods are not listed yet\n");
      case FULL -> later("too many reports wait for their runs\n");
    };
  }

  private static Response later(String why) {
    return Response.text(503, why).with("Retry-After", "1");
  }
}
