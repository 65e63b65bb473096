package io.multijob.protocol;

import io.multijob.protocol.PodmonReport.Peak;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/// A [PodmonReport] as JSON. Podmon writes the same by hand, held to it by the golden files.
final class PodmonReportJson {
  private static final int MAX_CONTAINERS = 256;
  private static final int MAX_SOURCE = 64;
  private static final String LEFT_OUT = "containers_left_out";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  private static final List<Figure> OF_THE_POD =
      List.of(
          Figure.CPU_TIME,
          Figure.MAX_USAGE,
          Figure.USER,
          Figure.SYSTEM,
          Figure.THROTTLED,
          Figure.OOM_KILLS,
          Figure.STARTED,
          Figure.FINISHED);
  private static final List<Figure> OF_PODMON = List.of(Figure.PODMON_CPU, Figure.PODMON_MEMORY);
  private static final List<Figure> OF_A_CONTAINER =
      List.of(
          Figure.STARTED,
          Figure.FINISHED,
          Figure.CPU_TIME,
          Figure.MAX_USAGE,
          Figure.THROTTLED,
          Figure.OOM_KILLS);

  private PodmonReportJson() {}

  static String write(PodmonReport report) {
    return JsonText.write(json -> report(json, report));
  }

  static PodmonReport read(byte[] json) {
    if (json.length > PodmonReport.MAX_BYTES) {
      throw new ProtocolException(
          "$", "expected at most " + PodmonReport.MAX_BYTES + " bytes, found " + json.length);
    }
    Place document = Document.parse(json);
    refuseError(document.member("error"));
    Place stats = document.member("stats");
    return new PodmonReport(
        id(document.member("id"), "a pod's uid"),
        figures(stats),
        source(stats.member("source")),
        peak(stats.member("peak")),
        containers(stats.member("containers")),
        leftOut(stats.member(LEFT_OUT)));
  }

  /// Instead of figures, podmon may say why it has none.
  private static void refuseError(Place error) {
    if (!error.isAbsent()) {
      throw new ProtocolException(error.path(), "podmon has no figures: " + error.text());
    }
  }

  private static void report(JsonGenerator json, PodmonReport report) {
    json.writeStartObject();
    json.writeStringProperty("id", report.id());
    json.writeObjectPropertyStart("stats");
    figures(json, OF_THE_POD, report.pod());
    JsonText.textUnlessEmpty(json, "source", report.source());
    JsonText.textUnlessEmpty(json, "peak", report.peak().wire());
    figures(json, OF_PODMON, report.pod());
    json.writeArrayPropertyStart("containers");
    report.containers().forEach(container -> container(json, container));
    json.writeEndArray();
    if (report.containersLeftOut() > 0) {
      json.writeNumberProperty(LEFT_OUT, report.containersLeftOut());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void container(JsonGenerator json, ContainerFigures container) {
    json.writeStartObject();
    json.writeStringProperty("id", container.id());
    figures(json, OF_A_CONTAINER, container.figures());
    json.writeEndObject();
  }

  private static void figures(JsonGenerator json, List<Figure> which, Figures figures) {
    for (Figure figure : which) {
      figures.get(figure).ifPresent(value -> json.writeNumberProperty(figure.wire(), value));
    }
  }

  private static String id(Place place, String what) {
    if (!ID.matcher(place.text()).matches()) {
      throw place.expected(what);
    }
    return place.text();
  }

  private static String source(Place place) {
    if (place.textOrEmpty().length() > MAX_SOURCE) {
      throw place.expected("at most " + MAX_SOURCE + " characters");
    }
    return place.textOrEmpty();
  }

  private static Peak peak(Place place) {
    String text = place.textOrEmpty();
    return Stream.of(Peak.values())
        .filter(peak -> peak.wire().equals(text))
        .findFirst()
        .orElseThrow(() -> place.expected('"' + Peak.SAMPLED.wire() + '"'));
  }

  private static int leftOut(Place place) {
    return place.isAbsent() ? 0 : (int) place.wholeNumber(0, Integer.MAX_VALUE);
  }

  private static List<ContainerFigures> containers(Place place) {
    if (place.isAbsent()) {
      return List.of();
    }
    List<Place> elements = place.elements();
    if (elements.size() > MAX_CONTAINERS) {
      throw place.expected("at most " + MAX_CONTAINERS + " containers");
    }
    var containers = new ArrayList<ContainerFigures>();
    Set<String> ids = new HashSet<>();
    for (Place element : elements) {
      String id = id(element.member("id"), "a container's id");
      if (!ids.add(id)) {
        throw element.member("id").expected("each container once");
      }
      containers.add(new ContainerFigures(id, figures(element)));
    }
    return containers;
  }

  private static Figures figures(Place place) {
    var values = new EnumMap<Figure, Long>(Figure.class);
    for (Figure figure : Figure.values()) {
      Place member = place.member(figure.wire());
      if (!member.isAbsent()) {
        values.put(figure, member.wholeNumber(0, figure.max()));
      }
    }
    if (Figures.endsBeforeItStarts(values)) {
      throw place
          .member(Figure.FINISHED.wire())
          .expected("a time not before " + Figure.STARTED.wire());
    }
    return new Figures(values);
  }
}
