package io.multijob.e2e.chaos.show;

import static java.util.Locale.ROOT;

import io.multijob.e2e.chaos.ledger.Finding;
import io.multijob.e2e.chaos.ledger.PodHistory;
import io.multijob.e2e.chaos.ledger.Verdict;
import io.multijob.e2e.chaos.ledger.Verdict.Unseen;
import io.multijob.e2e.chaos.show.Backlog.Footprint;
import java.util.List;
import java.util.stream.Collectors;

/// Tells an [Outcome] to who looks.
public final class OutcomeText {
  private static final int LISTED = 20;
  private static final int MEBI = 20;

  private final Screen screen;

  public OutcomeText(Screen screen) {
    this.screen = screen;
  }

  public void show(Outcome outcome) {
    Verdict verdict = outcome.verdict();
    screen.say("");
    screen.say("  faults: " + faults(outcome));
    screen.say("");
    row("pods, a run each", verdict.runs(), pace(outcome));
    for (Finding finding : Finding.values()) {
      unseen(verdict, finding);
    }
    row("expected", verdict.expected(), due(verdict));
    row("reported", verdict.reported(), "");
    row("retried", verdict.repeats().all(), retried(verdict));
    row("lost", verdict.lost().size(), "");
    row("doubled", verdict.doubled().size(), "");
    screen.say("");
    outcome.backlogs().forEach(this::show);
    listLost(outcome);
    list("doubled", verdict.doubled());
    list("wrong besides", outcome.problems());
    if (outcome.passed()) {
      screen.sayWell("passed: nothing lost, nothing counted twice");
    } else {
      screen.sayBadly("failed, seed " + outcome.proceedings().seed());
    }
  }

  private void row(String name, long number, String remark) {
    screen.say(String.format(ROOT, "  %-36s %,9d   %s", name, number, remark).stripTrailing());
  }

  private static String faults(Outcome outcome) {
    String faults =
        outcome.proceedings().strikes().entrySet().stream()
            .map(strike -> String.format(ROOT, "%s %,d times", strike.getKey(), strike.getValue()))
            .collect(Collectors.joining(", "));
    return faults.isEmpty() ? "none" : faults;
  }

  private static String pace(Outcome outcome) {
    double seconds = outcome.proceedings().making().toMillis() / 1_000.0;
    return String.format(
        ROOT,
        "%.0f a second for %.0f s, the last report after %.0f s",
        outcome.verdict().runs() / seconds,
        seconds,
        outcome.proceedings().took().toMillis() / 1_000.0);
  }

  /// Those of which nobody could know, except what was reported all the same: it was expected.
  private void unseen(Verdict verdict, Finding finding) {
    Unseen unseen = verdict.unseen().get(finding);
    if (unseen != null) {
      String seen = String.format(ROOT, "%,d more were reported all the same", unseen.reported());
      row(finding.text(), unseen.runs() - unseen.reported(), unseen.reported() == 0 ? "" : seen);
    }
  }

  private void show(Backlog backlog) {
    screen.say(
        String.format(
            ROOT,
            "  the service came back to %,d reports: the first after %.1f s, then %,.0f a second",
            backlog.reports(),
            backlog.pause().toMillis() / 1_000.0,
            backlog.rate()));
    screen.say("  reports that wait, and the servo's memory meanwhile:");
    for (Footprint at : backlog.memory()) {
      screen.say(String.format(ROOT, "  %,12d %,7d MiB", at.waiting(), at.residentBytes() >> MEBI));
    }
    screen.say("");
  }

  private static String due(Verdict verdict) {
    return String.format(ROOT, "%,d of them whatever happened", verdict.due());
  }

  private static String retried(Verdict verdict) {
    long amended = verdict.repeats().amended();
    return verdict.repeats().all() == 0
        ? ""
        : "the same key came again"
            + (amended == 0 ? "" : ", %d times with another content".formatted(amended));
  }

  private void listLost(Outcome outcome) {
    List<PodHistory> lost = outcome.verdict().lost();
    if (lost.isEmpty()) {
      return;
    }
    HistoryText text = new HistoryText(outcome.course());
    screen.sayBadly("lost:");
    lost.stream().limit(LISTED).forEach(pod -> text.of(pod).forEach(screen::say));
    if (lost.size() > LISTED) {
      screen.say("  and %d more, in the result".formatted(lost.size() - LISTED));
    }
    screen.say("");
  }

  private void list(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    screen.sayBadly(title + ":");
    lines.stream().limit(LISTED).forEach(line -> screen.say("  " + line));
    if (lines.size() > LISTED) {
      screen.say("  and %d more, in the result".formatted(lines.size() - LISTED));
    }
    screen.say("");
  }
}
