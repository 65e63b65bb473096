package io.multijob.protocol;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reads an [Event].
final class EventReader {

  private EventReader() {}

  static Event read(Place document) {
    EventName name = name(document.member("event"));
    Place param = document.member("param");
    return switch (name) {
      case HELLO -> hello(param);
      case WHATS_NEXT -> new WhatsNext();
      case DESCRIPTION -> DescriptionReader.read(param);
      case ADJUSTMENT -> adjustment(param);
      case MEASUREMENT -> measurement(param);
      case DIAG ->
          new Diag(
              param.member("account").text(),
              param.member("reason").text(),
              param.member("stderr").textOrEmpty());
      case GOODBYE -> new Goodbye(param.member("account").text(), param.member("reason").text());
    };
  }

  private static EventName name(Place place) {
    String text = place.text();
    for (EventName name : EventName.values()) {
      if (name.name().equals(text)) {
        return name;
      }
    }
    throw place.expected(
        "one of " + Arrays.stream(EventName.values()).map(Enum::name).collect(joining(", ")));
  }

  private static Hello hello(Place param) {
    return new Hello(
        param.member("account").text(),
        param.member("agent").textOrEmpty(),
        param.member("version").textOrEmpty(),
        texts(param.member("namespaces")));
  }

  private static List<String> texts(Place place) {
    var texts = new ArrayList<String>();
    if (!place.isAbsent()) {
      place.elements().forEach(element -> texts.add(element.text()));
    }
    return texts;
  }

  private static Adjustment adjustment(Place param) {
    return !param.isAbsent() && hasFailed(param)
        ? new Adjustment.Failed(param.member("message").textOrEmpty())
        : new Adjustment.Applied();
  }

  private static Measurement measurement(Place param) {
    Outcome outcome =
        hasFailed(param)
            ? new Outcome.Failed(param.member("message").textOrEmpty())
            : new Outcome.Measured(MetricsReader.values(param.member("metrics")));
    return new Measurement(outcome, AnnotationsReader.read(param.member("annotations")));
  }

  private static boolean hasFailed(Place param) {
    Place status = param.member("status");
    return switch (status.textOrEmpty()) {
      case "failed" -> true;
      case "", "ok" -> false;
      default -> throw status.expected("\"ok\" or \"failed\"");
    };
  }
}
