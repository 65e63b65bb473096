package io.multijob.podmon;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Reading;
import io.multijob.podmon.PodReport.ContainerReport;
import java.time.Instant;
import java.util.List;

/// A report as PROTOCOL.md 2 has it: one line of JSON, in that document's order of fields. A figure
/// that is not known is left out.
final class PodReportJson {
  /// The kubelet keeps 4,096 bytes of a container's message and 12 KiB of all of a pod's.
  private static final int MOST_BYTES = 3 * 1024;

  private static final int MOST_REASON = 500;

  private PodReportJson() {}

  /// The line, without its end. If it would be longer than 3 KiB, containers are left out, the last
  /// started first, and `containers_left_out` says how many.
  static String write(PodReport report) {
    List<ContainerReport> containers = report.containers();
    String line = write(report, containers.size());
    for (int kept = containers.size() - 1; kept >= 0 && length(line) > MOST_BYTES; kept--) {
      line = write(report, kept);
    }
    return line;
  }

  /// The line for a pod that could not be measured, with the reason for a person.
  static String writeFailure(String podUid, String reason) {
    var json = new JsonLine();
    if (!podUid.isEmpty()) {
      json.text("id", podUid);
    }
    String shown = reason.substring(0, Math.min(reason.length(), MOST_REASON));
    return json.text("error", shown).end();
  }

  private static int length(String line) {
    return line.getBytes(UTF_8).length;
  }

  private static String write(PodReport report, int kept) {
    var json = new JsonLine();
    json.text("id", report.podUid()).open("stats");
    figure(json, "cpu_time", report.used(), Figure.CPU_NANOS);
    figure(json, "max_usage", report.used(), Figure.PEAK_BYTES);
    figure(json, "user_ns", report.used(), Figure.USER_NANOS);
    figure(json, "system_ns", report.used(), Figure.SYSTEM_NANOS);
    figure(json, "throttled_ns", report.used(), Figure.THROTTLED_NANOS);
    figure(json, "oom_kills", report.used(), Figure.OOM_KILLS);
    report.containers().stream()
        .findFirst()
        .ifPresent(workload -> times(json, workload.container().phase()));
    json.text("source", report.source().wireName());
    if (report.peakSampled() && report.used().find(Figure.PEAK_BYTES).isPresent()) {
      json.text("peak", "sampled");
    }
    figure(json, "podmon_cpu_ns", report.podmon(), Figure.CPU_NANOS);
    figure(json, "podmon_bytes", report.podmon(), Figure.PEAK_BYTES);
    containers(json, report.containers().subList(0, kept));
    if (kept < report.containers().size()) {
      json.number("containers_left_out", report.containers().size() - kept);
    }
    return json.close().end();
  }

  private static void containers(JsonLine json, List<ContainerReport> containers) {
    json.openArray("containers");
    for (ContainerReport report : containers) {
      json.open().text("id", report.container().id());
      times(json, report.container().phase());
      figure(json, "cpu_time", report.used(), Figure.CPU_NANOS);
      figure(json, "max_usage", report.used(), Figure.PEAK_BYTES);
      figure(json, "throttled_ns", report.used(), Figure.THROTTLED_NANOS);
      figure(json, "oom_kills", report.used(), Figure.OOM_KILLS);
      json.close();
    }
    json.closeArray();
  }

  private static void times(JsonLine json, Phase phase) {
    switch (phase) {
      case Phase.Made _ -> {}
      case Phase.Running(Instant started) -> json.number("started_ns", nanos(started));
      case Phase.Ended(Instant started, Instant finished, _) -> {
        json.number("started_ns", nanos(started));
        json.number("finished_ns", nanos(finished));
      }
    }
  }

  private static long nanos(Instant time) {
    return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
  }

  private static void figure(JsonLine json, String name, Reading reading, Figure figure) {
    reading.find(figure).ifPresent(value -> json.number(name, value));
  }
}
