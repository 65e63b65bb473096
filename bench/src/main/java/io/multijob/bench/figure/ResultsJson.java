package io.multijob.bench.figure;

import io.multijob.bench.figure.Circumstances.Machine;
import io.multijob.bench.figure.Circumstances.TreeState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Results as JSON, the form in which they are kept.
public final class ResultsJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultsJson() {}

  public static String write(Results results) {
    ObjectNode root = JSON.createObjectNode();
    Circumstances circumstances = results.circumstances();
    root.put("at", circumstances.at().toString());
    root.put("commit", circumstances.commit());
    root.put("tree", word(circumstances.state()));
    root.put("load", circumstances.load());
    Machine machine = circumstances.machine();
    root.putObject("machine")
        .put("cores", machine.cores())
        .put("memory_bytes", machine.memory())
        .put("processor", machine.processor())
        .put("kernel", machine.kernel())
        .put("java", machine.java());
    ArrayNode figures = root.putArray("figures");
    results.figures().forEach(figure -> write(figure, figures.addObject()));
    return JSON.writeValueAsString(root) + "\n";
  }

  public static Results read(String json) {
    JsonNode root = JSON.readTree(json);
    JsonNode machine = root.required("machine");
    return new Results(
        new Circumstances(
            Instant.parse(root.required("at").asString()),
            root.required("commit").asString(),
            constant(TreeState.class, root.required("tree")),
            new Machine(
                machine.required("cores").asInt(),
                machine.required("memory_bytes").asLong(),
                machine.required("processor").asString(),
                machine.required("kernel").asString(),
                machine.required("java").asString()),
            root.required("load").asDouble()),
        figures(root.required("figures")));
  }

  /// Figures that were measured elsewhere: an array of them, as in [#write].
  public static List<Figure> readFigures(String json) {
    return figures(JSON.readTree(json));
  }

  private static void write(Figure figure, ObjectNode into) {
    Spread spread = figure.spread();
    into.put("name", figure.name())
        .put("unit", figure.unit())
        .put("about", figure.about())
        .put("median", spread.median())
        .put("min", spread.min())
        .put("max", spread.max())
        .put("n", spread.n());
    switch (figure.goal()) {
      case Goal.AtMost(double most) -> into.putObject("goal").put("at_most", most);
      case Goal.AtLeast(double least) -> into.putObject("goal").put("at_least", least);
      case Goal.None() -> {}
    }
    if (!(figure.goal() instanceof Goal.None)) {
      into.put("met", figure.met());
    }
    ArrayNode beside = into.putArray("beside");
    for (Beside other : figure.beside()) {
      beside
          .addObject()
          .put("name", other.name())
          .put("value", other.value())
          .put("origin", word(other.origin()));
    }
  }

  private static List<Figure> figures(JsonNode array) {
    List<Figure> figures = new ArrayList<>();
    for (JsonNode figure : array) {
      figures.add(figure(figure));
    }
    return figures;
  }

  private static Figure figure(JsonNode from) {
    List<Beside> beside = new ArrayList<>();
    for (JsonNode other : from.path("beside")) {
      beside.add(
          new Beside(
              other.required("name").asString(),
              other.required("value").asDouble(),
              constant(Beside.Origin.class, other.required("origin"))));
    }
    return new Figure(
        from.required("name").asString(),
        from.required("unit").asString(),
        from.required("about").asString(),
        new Spread(
            from.required("median").asDouble(),
            from.required("min").asDouble(),
            from.required("max").asDouble(),
            from.required("n").asInt()),
        goal(from.path("goal")),
        beside);
  }

  private static Goal goal(JsonNode goal) {
    if (goal.has("at_most")) {
      return new Goal.AtMost(goal.required("at_most").asDouble());
    }
    return goal.has("at_least")
        ? new Goal.AtLeast(goal.required("at_least").asDouble())
        : new Goal.None();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode word) {
    return Enum.valueOf(type, word.asString().toUpperCase(Locale.ROOT));
  }
}
