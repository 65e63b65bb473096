package io.multijob.protocol;

import java.util.Set;
import tools.jackson.core.JsonGenerator;

/// Writes an [Event], each member in the order of the protocol's document.
final class EventWriter {
  private final JsonGenerator json;

  private EventWriter(JsonGenerator json) {
    this.json = json;
  }

  static String write(Event event) {
    return JsonText.write(json -> new EventWriter(json).event(event));
  }

  private void event(Event event) {
    json.writeStartObject();
    json.writeStringProperty("event", event.name());
    if (event instanceof WhatsNext) {
      json.writeNullProperty("param");
    } else {
      json.writeObjectPropertyStart("param");
      param(event);
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void param(Event event) {
    switch (event) {
      case Hello hello -> hello(hello);
      case WhatsNext _, Adjustment.Applied _ -> {}
      case Description description -> description(description);
      case Adjustment.Failed(String message) -> failed(message);
      case Measurement measurement -> measurement(measurement);
      case Diag(String account, String reason, String stderr) -> {
        json.writeStringProperty("account", account);
        json.writeStringProperty("reason", reason);
        json.writeStringProperty("stderr", stderr);
      }
      case Goodbye(String account, String reason) -> {
        json.writeStringProperty("account", account);
        json.writeStringProperty("reason", reason);
      }
    }
  }

  private void hello(Hello hello) {
    json.writeStringProperty("account", hello.account());
    JsonText.textUnlessEmpty(json, "agent", hello.agent());
    JsonText.textUnlessEmpty(json, "version", hello.version());
    if (!hello.namespaces().isEmpty()) {
      json.writeArrayPropertyStart("namespaces");
      hello.namespaces().forEach(json::writeString);
      json.writeEndArray();
    }
  }

  private void description(Description description) {
    json.writeObjectPropertyStart("application");
    json.writeObjectPropertyStart("components");
    description
        .components()
        .forEach((component, settings) -> {
          json.writeObjectPropertyStart(component);
          json.writeObjectPropertyStart("settings");
          settings.forEach(this::range);
          json.writeEndObject();
          json.writeEndObject();
        });
    json.writeEndObject();
    json.writeEndObject();
    units(description.metrics());
  }

  private void range(String setting, Range range) {
    json.writeObjectPropertyStart(setting);
    json.writeStringProperty("type", "range");
    JsonText.number(json, "value", range.value());
    JsonText.number(json, "min", range.min());
    JsonText.number(json, "max", range.max());
    JsonText.number(json, "step", range.step());
    JsonText.textUnlessEmpty(json, "unit", range.unit());
    json.writeEndObject();
  }

  private void units(Set<Metric> metrics) {
    json.writeObjectPropertyStart("metrics");
    for (Metric metric : metrics) {
      json.writeObjectPropertyStart(metric.wire());
      json.writeStringProperty("unit", metric.unit().wire());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void measurement(Measurement measurement) {
    switch (measurement.outcome()) {
      case Outcome.Measured(Metrics metrics) -> metrics(metrics);
      case Outcome.Failed(String message) -> failed(message);
    }
    annotations(measurement.annotations());
  }

  private void metrics(Metrics metrics) {
    json.writeObjectPropertyStart("metrics");
    metrics
        .values()
        .forEach((metric, value) -> {
          json.writeObjectPropertyStart(metric.wire());
          JsonText.number(json, "value", value);
          json.writeStringProperty("unit", metric.unit().wire());
          json.writeEndObject();
        });
    json.writeEndObject();
  }

  private void annotations(Annotations annotations) {
    json.writeObjectPropertyStart("annotations");
    annotations.values().forEach(this::annotation);
    json.writeEndObject();
  }

  private void annotation(String name, String value) {
    if (name.equals(Annotation.EXITCODE.wire())) {
      json.writeNumberProperty(name, Integer.parseInt(value));
    } else {
      json.writeStringProperty(name, value);
    }
  }

  private void failed(String message) {
    json.writeStringProperty("status", "failed");
    json.writeStringProperty("message", message);
  }
}
