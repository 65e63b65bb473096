package io.multijob.servo.watch;

import io.multijob.servo.pod.ContainerKind;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerState.Lifetime;
import io.multijob.servo.pod.ContainerStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads `status.containerStatuses` and `status.initContainerStatuses`.
///
/// Not thread-safe.
final class ContainerStatusReader {
  private static final Lifetime UNSEEN = new Lifetime.Unseen();

  private final JsonValues values;

  ContainerStatusReader(JsonValues values) {
    this.values = values;
  }

  void readAll(JsonParser p, ContainerKind kind, List<ContainerStatus> into) {
    if (!values.entersArray(p)) {
      return;
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      into.add(readOne(p, kind));
    }
  }

  private ContainerStatus readOne(JsonParser p, ContainerKind kind) {
    String name = "";
    String id = "";
    ContainerState state = ContainerState.UNKNOWN;
    if (values.entersObject(p)) {
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        switch (field) {
          case "name" -> name = values.word(p);
          case "containerID" -> id = values.text(p);
          case "state" -> state = readState(p);
          default -> p.skipChildren();
        }
      }
    }
    return new ContainerStatus(kind, name, id, state);
  }

  private ContainerState readState(JsonParser p) {
    ContainerState state = ContainerState.UNKNOWN;
    if (!values.entersObject(p)) {
      return state;
    }
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      state =
          switch (field) {
            case "waiting" -> readWaiting(p);
            case "running" -> readRunning(p);
            case "terminated" -> readTerminated(p);
            default -> {
              p.skipChildren();
              yield state;
            }
          };
    }
    return state;
  }

  private ContainerState readWaiting(JsonParser p) {
    String reason = "";
    String message = "";
    if (values.entersObject(p)) {
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        switch (field) {
          case "reason" -> reason = values.word(p);
          case "message" -> message = values.word(p);
          default -> p.skipChildren();
        }
      }
    }
    return new ContainerState.Waiting(reason, message);
  }

  private ContainerState readRunning(JsonParser p) {
    Optional<Instant> started = Optional.empty();
    if (values.entersObject(p)) {
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        if (field.equals("startedAt")) {
          started = values.time(p);
        } else {
          p.skipChildren();
        }
      }
    }
    return started.<ContainerState>map(ContainerState.Running::new).orElse(ContainerState.UNKNOWN);
  }

  private ContainerState readTerminated(JsonParser p) {
    Optional<Instant> started = Optional.empty();
    Optional<Instant> finished = Optional.empty();
    int exit = 0;
    String reason = "";
    String message = "";
    if (values.entersObject(p)) {
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        switch (field) {
          case "startedAt" -> started = values.time(p);
          case "finishedAt" -> finished = values.time(p);
          case "exitCode" -> exit = values.number(p);
          case "reason" -> reason = values.word(p);
          case "message" -> message = values.text(p);
          default -> p.skipChildren();
        }
      }
    }
    Lifetime lifetime =
        started.isPresent() && finished.isPresent()
            ? new Lifetime.Lived(started.get(), finished.get())
            : UNSEEN;
    return new ContainerState.Terminated(lifetime, exit, reason, message);
  }
}
