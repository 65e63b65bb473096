package io.multijob.e2e.chaos.show;

import static java.util.Locale.ROOT;

import io.multijob.e2e.chaos.ledger.Finding;
import io.multijob.e2e.chaos.ledger.PodHistory;
import io.multijob.e2e.chaos.ledger.Verdict;
import io.multijob.e2e.chaos.ledger.Verdict.Unseen;
import java.util.ArrayList;
import java.util.List;

/// Tells an [Outcome] to who looks.
public final class OutcomeText {
  private static final int LISTED = 20;

  private final Screen screen;

  public OutcomeText(Screen screen) {
    this.screen = screen;
  }

  public void show(Outcome outcome) {
    Verdict verdict = outcome.verdict();
    screen.say("");
    row("pods, a run each", verdict.runs(), "");
    row("nobody could have seen", verdict.unseenInAll().runs(), unseen(verdict));
    row("expected", verdict.expected(), "");
    row("reported", verdict.reported(), "");
    row("retried", verdict.repeats().all(), retried(verdict));
    row("lost", verdict.lost().size(), "");
    row("doubled", verdict.doubled().size(), "");
    screen.say("");
    listLost(outcome);
    list("doubled", verdict.doubled());
    list("wrong besides", outcome.problems());
    if (outcome.passed()) {
      screen.sayWell("passed: nothing lost, nothing counted twice");
    } else {
      screen.sayBadly("failed, seed " + outcome.seed());
    }
  }

  private void row(String name, long number, String remark) {
    screen.say(String.format(ROOT, "  %-24s %,9d   %s", name, number, remark).stripTrailing());
  }

  private static String unseen(Verdict verdict) {
    List<String> parts = new ArrayList<>();
    for (Finding finding : Finding.values()) {
      Unseen unseen = verdict.unseen().get(finding);
      if (unseen != null) {
        parts.add(String.format(ROOT, "%,d %s", unseen.runs(), finding.text()));
      }
    }
    long reported = verdict.unseenInAll().reported();
    if (reported > 0) {
      parts.add(String.format(ROOT, "%,d of them reported all the same", reported));
    }
    return String.join("; ", parts);
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
