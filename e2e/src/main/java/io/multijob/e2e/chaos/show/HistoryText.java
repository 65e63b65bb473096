package io.multijob.e2e.chaos.show;

import static java.util.Locale.ROOT;

import io.multijob.e2e.chaos.ledger.Course;
import io.multijob.e2e.chaos.ledger.Deafness;
import io.multijob.e2e.chaos.ledger.PodHistory;
import io.multijob.e2e.chaos.ledger.ServoLife;
import io.multijob.e2e.chaos.ledger.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The history of a pod with what befell the servo meanwhile, in seconds since its first start.
final class HistoryText {
  private static final Duration AROUND = Duration.ofSeconds(2);

  private final Course course;
  private final Instant zero;

  HistoryText(Course course) {
    this.course = course;
    this.zero = course.lives().getFirst().started();
  }

  private record Moment(Instant at, String text) {}

  List<String> of(PodHistory pod) {
    List<Moment> moments = new ArrayList<>();
    pod.acts().forEach((act, span) -> moments.add(new Moment(span.asked(), act(act.name(), span))));
    Instant from = first(pod).minus(AROUND);
    Instant to = last(pod).plus(AROUND);
    course.lives().forEach(life -> add(life, moments));
    course.deafness().forEach(deafness -> add(deafness, moments));
    List<String> lines = new ArrayList<>();
    lines.add("  %s %s: %s".formatted(pod.name(), pod.uid(), pod.kind()));
    moments.stream()
        .filter(moment -> !moment.at().isBefore(from) && !moment.at().isAfter(to))
        .sorted(Comparator.comparing(Moment::at))
        .forEach(moment -> lines.add("    %9s  %s".formatted(seconds(moment.at()), moment.text())));
    return lines;
  }

  private String act(String name, Span span) {
    return "%s (answered at %s)".formatted(name.toLowerCase(ROOT), seconds(span.done()));
  }

  private static void add(ServoLife life, List<Moment> moments) {
    moments.add(new Moment(life.started(), "servo %d started".formatted(life.number())));
    moments.add(new Moment(life.ready(), "servo %d ready".formatted(life.number())));
    moments.add(new Moment(life.killed(), "servo %d killed".formatted(life.number())));
  }

  private static void add(Deafness deafness, List<Moment> moments) {
    String what =
        switch (deafness.kind()) {
          case LATE -> "watch cut";
          case FORGOTTEN -> "API server killed";
        };
    moments.add(new Moment(deafness.from(), what));
    moments.add(new Moment(deafness.to(), what + ", watching again"));
  }

  private static Instant first(PodHistory pod) {
    return pod.acts().values().stream()
        .map(Span::asked)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Instant last(PodHistory pod) {
    return pod.acts().values().stream()
        .map(Span::done)
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private String seconds(Instant at) {
    return String.format(ROOT, "%.3f", Duration.between(zero, at).toMillis() / 1_000.0);
  }
}
