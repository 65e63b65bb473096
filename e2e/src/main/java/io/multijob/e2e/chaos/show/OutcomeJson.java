package io.multijob.e2e.chaos.show;

import io.multijob.e2e.chaos.ledger.Finding;
import io.multijob.e2e.chaos.ledger.PodHistory;
import io.multijob.e2e.chaos.ledger.Verdict;
import io.multijob.e2e.chaos.ledger.Verdict.Unseen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tells an [Outcome] to programs.
public final class OutcomeJson {
  private OutcomeJson() {}

  public static void write(Outcome outcome, Path file) throws IOException {
    Files.writeString(file, of(outcome).toPrettyString() + "\n");
  }

  private static ObjectNode of(Outcome outcome) {
    Verdict verdict = outcome.verdict();
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("passed", outcome.passed());
    json.put("seed", outcome.proceedings().seed());
    json.put("seconds", outcome.proceedings().took().toMillis() / 1_000.0);
    json.put("seconds_with_pods", outcome.proceedings().making().toMillis() / 1_000.0);
    json.put("state", outcome.rules().state().name().toLowerCase(Locale.ROOT));
    json.put("margin_seconds", outcome.rules().margin().toMillis() / 1_000.0);
    ObjectNode strikes = json.putObject("strikes");
    outcome.proceedings().strikes().forEach(strikes::put);
    json.put("runs", verdict.runs());
    json.put("expected", verdict.expected());
    json.put("due", verdict.due());
    json.put("reported", verdict.reported());
    json.put("lost", verdict.lost().size());
    json.put("doubled", verdict.doubled().size());
    json.put("retried", verdict.repeats().all());
    json.put("retried_with_other_content", verdict.repeats().amended());
    addUnseen(verdict, json.putObject("unseen"));
    addBacklogs(outcome, json.putArray("backlogs"));
    addLost(outcome, json.putArray("lost_runs"));
    verdict.doubled().forEach(json.putArray("doubled_runs")::add);
    outcome.problems().forEach(json.putArray("problems")::add);
    return json;
  }

  private static void addUnseen(Verdict verdict, ObjectNode json) {
    for (Finding finding : Finding.values()) {
      Unseen unseen = verdict.unseen().get(finding);
      if (unseen != null) {
        ObjectNode each = json.putObject(finding.name().toLowerCase(Locale.ROOT));
        each.put("runs", unseen.runs()).put("reported", unseen.reported());
      }
    }
  }

  private static void addBacklogs(Outcome outcome, ArrayNode json) {
    for (Backlog backlog : outcome.backlogs()) {
      ObjectNode each = json.addObject();
      each.put("reports", backlog.reports());
      each.put("seconds_until_the_first", backlog.pause().toMillis() / 1_000.0);
      each.put("seconds_of_draining", backlog.drain().toMillis() / 1_000.0);
      each.put("reports_per_second", Math.round(backlog.rate()));
      ArrayNode memory = each.putArray("memory");
      backlog
          .memory()
          .forEach(at ->
              memory
                  .addObject()
                  .put("waiting", at.waiting())
                  .put("resident_bytes", at.residentBytes()));
    }
  }

  private static void addLost(Outcome outcome, ArrayNode json) {
    HistoryText text = new HistoryText(outcome.course());
    for (PodHistory pod : outcome.verdict().lost()) {
      ObjectNode each = json.addObject().put("uid", pod.uid()).put("pod", pod.name());
      text.of(pod).stream().skip(1).map(String::strip).forEach(each.putArray("history")::add);
    }
  }
}
