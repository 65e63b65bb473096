package io.multijob.servo.admission;

import io.multijob.http.Handler;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.admission.AdmissionListener.Ending;
import io.multijob.servo.injection.Injected;
import io.multijob.servo.pod.AppId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The webhook: answers `POST /mutate`. A request whose uid can be read is always allowed: with our
/// changes, or unchanged whatever fails.
///
/// Thread-safe.
public final class ReviewHandler implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(ReviewHandler.class);

  public static final String PATH = "/mutate";

  /// The largest review that is looked at; the API server's own limit for an object is as large.
  public static final int MAX_BODY_BYTES = 3 << 20;

  /// What a listener should let in: as many at a time as may wait for the service, and bodies that
  /// are read only to say that they are too large.
  public static final Limits LIMITS =
      new Limits(MAX_BODY_BYTES + (64 << 10), 300, Duration.ofSeconds(3));

  /// An annotation of a pod that is created for trial (`dryRun`) to see whether the API server
  /// reaches us.
  public static final String CHECK = "servo.optune.io/check";

  /// What such a pod is given to show that it did.
  public static final String CHECKED = "servo.optune.io/checked";

  private static final int MAX_SAID = 1_000;

  private final Admitting admitting;

  /// What failed before, so that it is said once.
  private final Set<String> said = ConcurrentHashMap.newKeySet();

  public ReviewHandler(Admitting admitting) {
    this.admitting = admitting;
  }

  @Override
  public Response handle(Request request) {
    if (!request.path().equals(PATH)) {
      return Response.text(404, "only " + PATH + "\n");
    }
    if (!request.method().equals("POST")) {
      return Response.text(405, "only POST\n").with("Allow", "POST");
    }
    long begin = System.nanoTime();
    Answered answered = answer(read(request.body()));
    admitting.reviewed(answered.ending(), Duration.ofNanos(System.nanoTime() - begin));
    return answered.response();
  }

  private record Answered(Ending ending, Response response) {
    static Answered of(Ending ending, ReviewAnswer answer) {
      return new Answered(ending, Response.json(200, answer.toJson()));
    }
  }

  private static Review read(byte[] body) {
    return body.length > MAX_BODY_BYTES
        ? Review.salvaged(body, "larger than " + MAX_BODY_BYTES + " bytes")
        : Review.parse(body);
  }

  private Answered answer(Review review) {
    return switch (review) {
      case Review.Creation creation -> admit(creation);
      case Review.Other(String version, String uid) ->
          Answered.of(Ending.NOT_OURS, ReviewAnswer.unchanged(version, uid));
      case Review.Garbled(String uid, String problem) -> {
        sayOnce("Review cannot be understood, pod goes unchanged", problem);
        yield Answered.of(Ending.GARBLED, ReviewAnswer.unchanged(Review.V1, uid));
      }
      case Review.Unanswerable(String problem) -> {
        sayOnce("Review cannot be answered", problem);
        yield new Answered(Ending.GARBLED, Response.text(400, "not an AdmissionReview\n"));
      }
    };
  }

  /// The one place that catches everything: no failure of ours may keep a pod from starting.
  private Answered admit(Review.Creation creation) {
    ReviewAnswer unchanged = ReviewAnswer.unchanged(creation.apiVersion(), creation.uid());
    try {
      return switch (admitting.whose(creation.pod(), creation.namespace())) {
        case Whose.NotOurs(var why) ->
            isCheck(creation)
                ? answered(creation, creation.pod(), List.of())
                : Answered.of(Ending.NOT_OURS, unchanged);
        case Whose.Ours(AppId app) -> patched(creation, admitting.decide(app, creation));
      };
    } catch (RuntimeException e) {
      if (isNew(e.getClass().getName())) {
        LOG.atError()
            .setCause(e)
            .addKeyValue("namespace", creation.namespace())
            .log("Admission failed, pod goes unchanged; said once for its kind");
      }
      return Answered.of(Ending.FAILED, unchanged);
    }
  }

  private static Answered patched(Review.Creation creation, Decision decision) {
    return answered(creation, decision.wanted(), warnings(decision));
  }

  private static Answered answered(
      Review.Creation creation, ObjectNode decided, List<String> warnings) {
    ObjectNode wanted = decided;
    if (isCheck(creation)) {
      wanted = decided.deepCopy();
      wanted.withObject("metadata").withObject("annotations").put(CHECKED, "true");
    }
    ArrayNode patch = JsonPatch.between(creation.pod(), wanted);
    return Answered.of(
        patch.isEmpty() ? Ending.UNCHANGED : Ending.PATCHED,
        new ReviewAnswer(creation.apiVersion(), creation.uid(), patch, warnings));
  }

  private static boolean isCheck(Review.Creation creation) {
    return creation.manner() == Review.Manner.REHEARSED
        && creation.pod().path("metadata").path("annotations").has(CHECK);
  }

  private static List<String> warnings(Decision decision) {
    List<String> warnings = new ArrayList<>();
    if (decision.podmon() instanceof Injected.Left(var reason) && reason.concernsAPerson()) {
      warnings.add("servo: not measured exactly, left without podmon: " + reason.text());
    }
    if (decision.adjustment() instanceof Adjustment.Unfit(var command, String message)) {
      warnings.add("servo: not adjusted: " + message);
    }
    return warnings;
  }

  private void sayOnce(String what, String problem) {
    if (isNew(what)) {
      LOG.atWarn().addKeyValue("reason", problem).log(what);
    }
  }

  private boolean isNew(String kind) {
    return said.size() < MAX_SAID && said.add(kind);
  }
}
