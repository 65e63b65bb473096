package io.multijob.protocol;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Events with random content: the same seed makes the same events.
final class RandomEvents {
  private final RandomValues random;

  RandomEvents(long seed) {
    random = new RandomValues(seed);
  }

  Event next() {
    return switch (random.below(8)) {
      case 0 -> new Hello(random.text(), random.text(), random.text(), texts(random.below(4)));
      case 1 -> new WhatsNext();
      case 2 -> description();
      case 3 -> new Adjustment.Applied();
      case 4 -> new Adjustment.Failed(random.text());
      case 5 -> new Diag(random.text(), random.text(), random.text());
      case 6 -> new Goodbye(random.text(), random.text());
      default -> measurement();
    };
  }

  private List<String> texts(int count) {
    return Stream.generate(random::text).limit(count).toList();
  }

  private Description description() {
    var components = new LinkedHashMap<String, Map<String, Range>>();
    IntStream.range(0, random.below(4)).forEach(_ -> components.put(random.text(), settings()));
    var metrics = EnumSet.noneOf(Metric.class);
    Stream.of(Metric.values()).filter(_ -> random.below(2) == 0).forEach(metrics::add);
    return new Description(components, metrics);
  }

  private Map<String, Range> settings() {
    var settings = new LinkedHashMap<String, Range>();
    IntStream.range(0, random.below(4)).forEach(_ -> settings.put(random.text(), range()));
    return settings;
  }

  private Range range() {
    double min = random.signed();
    double max = Math.max(min, random.signed());
    return new Range(random.signed(), min, max, random.amount(), random.text());
  }

  private Measurement measurement() {
    Outcome outcome =
        random.below(4) == 0 ? new Outcome.Failed(random.text()) : new Outcome.Measured(metrics());
    return new Measurement(outcome, annotations());
  }

  private Metrics metrics() {
    var values = new EnumMap<Metric, Double>(Metric.class);
    for (Metric metric : Metric.values()) {
      if (random.below(3) > 0) {
        values.put(metric, random.amount());
      }
    }
    return new Metrics(values);
  }

  private Annotations annotations() {
    var values = new LinkedHashMap<String, String>();
    for (Annotation annotation : Annotation.values()) {
      if (random.below(2) == 0) {
        values.put(annotation.wire(), random.text());
      }
    }
    values.replace(Annotation.EXITCODE.wire(), Integer.toString(random.below(512) - 256));
    IntStream.range(0, random.below(3))
        .forEach(_ -> values.put("x" + random.text(), random.text()));
    return new Annotations(values);
  }
}
