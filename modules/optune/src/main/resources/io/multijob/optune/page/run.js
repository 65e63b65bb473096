// All that is known of one run.

import { el } from "./dom.js";
import * as format from "./format.js";

/** How the run ended, in a word for its colour and one for people. */
export function describe(run) {
  const reason = run.annotations?.reason ?? (run.outcome === "failed" ? (run.metrics ? "Failed" : "Never ran") : "Completed");
  return { outcome: run.outcome, reason };
}

const METRICS = {
  duration: "Duration",
  perf: "Runs a second",
  est_duration: "Estimated duration",
  cpu_time: "CPU time",
  max_memory: "Peak memory",
};

const PHASES = [
  { name: "Queued", from: "created", to: "scheduled", about: "until a node was found" },
  { name: "Prepared", from: "scheduled", to: "started", about: "images, volumes, init containers" },
  { name: "Run", from: "started", to: "finished", about: "the workload itself" },
];

export function runDetail(run) {
  const { outcome, reason } = describe(run);
  return el(
    "div",
    { class: "run-detail" },
    run.message ? el("p", { class: "message" }, run.message) : null,
    timeline(run.annotations ?? {}, outcome),
    el("div", { class: "columns" }, metrics(run), annotations(run)),
    el(
      "p",
      { class: "run-foot" },
      el("span", {}, `Run ${run.id}, received ${format.dateTime(Date.parse(run.received))}, ${reason}.`),
      run.duplicates ? el("span", {}, ` Reported ${format.count(run.duplicates)} more ${run.duplicates === 1 ? "time" : "times"}, counted once.`) : null,
      " ",
      el("a", { href: `api/v1/runs/${encodeURIComponent(run.id)}`, target: "_blank", rel: "noopener" }, "JSON"),
    ),
  );
}

/** Where the time went: a bar in which each phase is as wide as it was long. */
function timeline(times, outcome) {
  const phases = PHASES.map((phase) => ({ ...phase, seconds: (Date.parse(times[phase.to]) - Date.parse(times[phase.from])) / 1_000 }))
    .filter(({ seconds }) => seconds >= 0);
  if (!phases.length) return null;
  const bar = el("div", { class: "timeline", "aria-hidden": "true" });
  for (const { name, seconds } of phases) {
    const part = el("i", { class: `phase-${name.toLowerCase()} ${outcome}` });
    part.style.flexGrow = Math.max(seconds, 1e-3);
    bar.append(part);
  }
  const legend = phases.map(({ name, about, seconds }) =>
    el("li", {}, el("i", { class: `phase-${name.toLowerCase()} ${outcome}` }), el("span", {}, name), el("b", {}, format.duration(seconds)), el("small", {}, about)),
  );
  return el("div", { class: "timing" }, bar, el("ul", {}, legend));
}

function metrics(run) {
  const list = Object.entries(run.metrics ?? {}).map(([name, { value, unit }]) => [el("dt", {}, METRICS[name] ?? name), el("dd", {}, format.exact(value, unit))]);
  return el("section", { class: "metrics" }, el("h3", {}, "Metrics"), list.length ? el("dl", {}, list.flat()) : el("p", { class: "quiet" }, "None: the workload never ran."));
}

function annotations(run) {
  const list = Object.entries(run.annotations ?? {}).map(([name, value]) => [el("dt", {}, name), el("dd", {}, typeof value === "string" ? value : JSON.stringify(value))]);
  return el("section", { class: "annotations" }, el("h3", {}, "Annotations"), list.length ? el("dl", {}, list.flat()) : el("p", { class: "quiet" }, "None."));
}
