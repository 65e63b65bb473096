// The apps: what all of them cost together, how busy the time was, and one row for each.

import { BarChart, drawMeter, drawSparkline, meter, sparkline } from "./chart.js";
import { el, keyed, link, setAttribute, setText } from "./dom.js";
import { figures, flash, ofWindow, setTime } from "./figures.js";
import * as format from "./format.js";
import { RunsView } from "./runs.js";

const PAGE = 100;
const FEW = 20; // with no more apps than this there is room for the latest runs below them

const COLUMNS = [
  { id: "app", name: "App", value: (app) => app.app_id, text: true },
  { id: "recent", name: "Last runs" },
  { id: "runs", name: "Runs", value: (app) => app.runs },
  { id: "failed", name: "Failed", value: (app) => app.failures },
  { id: "duration", name: "Duration", hint: "median · p95", value: (app) => app.duration?.p50 },
  { id: "cpu", name: "CPU time", hint: "median · p95", value: (app) => app.cpu_time?.p50 },
  { id: "memory", name: "Peak memory", hint: "p95 · of request", value: (app) => app.max_memory?.p95 },
  { id: "last", name: "Last run", value: (app) => app.last_run.number },
];

/** Numbers begin with the greatest, names with A. */
function parseSort(text) {
  const down = !text?.startsWith("+");
  const column = COLUMNS.find(({ id, value }) => value && id === text?.replace(/^[+-]/, ""));
  return column ? { column, down } : { column: COLUMNS.at(-1), down: true };
}

export const key = (app) => `${app.account}\n${app.app_id}`;

export class AppsView {
  #route;
  #rows = el("tbody");
  #filter;
  #figures = figures(["Runs", "Failed", "Apps", "CPU time"]);
  #chart = new BarChart(96);
  #sorters = new Map();
  #title = el("h2", {}, "Apps");
  #none = el("p", { class: "none", hidden: true });
  #more = el("button", { class: "more", type: "button", hidden: true, click: () => this.#showMore() });
  #shown = PAGE;
  #state;
  #latest = null;

  constructor(route) {
    this.#route = route;
    this.#filter = el("input", {
      type: "search",
      placeholder: "Filter apps",
      "aria-label": "Filter apps by name",
      "aria-keyshortcuts": "/",
      autocomplete: "off",
      spellcheck: "false",
      input: () => {
        this.#shown = PAGE;
        route.change({ q: this.#filter.value || null });
        this.update(this.#state);
      },
    });
    this.#filter.value = route.get("q") ?? "";
    this.element = el(
      "div",
      { class: "view" },
      el("h1", { class: "hidden", tabindex: "-1" }, "Apps"),
      el("section", { class: "card", "aria-label": "All apps" }, this.#figures.element, this.#chart.element),
      el(
        "section",
        { class: "card" },
        el("div", { class: "card-head" }, this.#title, this.#filter),
        el("table", { class: "apps" }, el("thead", {}, el("tr", {}, COLUMNS.map((column) => this.#header(column)))), this.#rows),
        this.#none,
        this.#more,
      ),
    );
  }

  focusFilter() {
    this.#filter.focus();
    this.#filter.select();
  }

  update(state) {
    this.#state = state;
    const { overview, history, window } = state;
    const { all } = overview;
    this.#figures.set("Runs", format.count(all.runs), ofWindow(window));
    this.#figures.set("Failed", format.count(all.failures), all.failures ? `${format.percent(all.failures, all.runs)} of runs` : all.runs ? "none" : "");
    this.#figures.tone("Failed", all.failures ? "bad" : "");
    this.#figures.set("Apps", format.count(overview.total), "");
    this.#figures.set("CPU time", format.duration(all.cpu_time?.sum ?? 0), all.duration?.sum ? `${format.cores(all.cpu_time?.sum / all.duration.sum)} cores a run` : "");
    this.#chart.element.hidden = !(history?.steps.length > 3);
    if (history) drawHistory(this.#chart, history);
    this.#drawRows();
    this.#showLatest(overview.total <= FEW);
  }

  /** Takes runs that have just come. */
  add(runs) {
    this.#latest?.add(runs);
  }

  reload() {
    this.#latest?.reload();
  }

  close() {
    this.#latest?.close();
  }

  #showLatest(wanted) {
    if (wanted === (this.#latest !== null)) return this.#latest?.update(this.#state);
    this.#latest?.close();
    this.#latest?.element.remove();
    this.#latest = wanted ? new RunsView(this.#route, { rows: 10 }) : null;
    if (this.#latest) this.element.append(this.#latest.element);
  }

  #drawRows() {
    const wanted = this.#filter.value.trim().toLowerCase();
    const { column, down } = parseSort(this.#route.get("sort"));
    for (const [id, header] of this.#sorters) {
      setAttribute(header, "aria-sort", id === column.id ? (down ? "descending" : "ascending") : null);
    }
    const { overview } = this.#state;
    const found = [...overview.apps.values()].filter((app) => !wanted || app.app_id.toLowerCase().includes(wanted));
    const value = (app) => column.value(app) ?? -1;
    found.sort((a, b) => {
      const order = column.text ? value(b).localeCompare(value(a), undefined, { numeric: true }) : value(b) - value(a);
      return (down ? order : -order) || b.last_run.number - a.last_run.number;
    });
    setText(this.#title, found.length === overview.total ? "Apps" : `Apps, ${format.count(found.length)} of ${format.count(overview.total)}`);
    this.#none.hidden = found.length > 0;
    setText(this.#none, `No app has “${this.#filter.value.trim()}” in its name.`);
    const accounts = new Set([...overview.apps.values()].map((app) => app.account)).size > 1;
    keyed(this.#rows, found.slice(0, this.#shown), key, createRow, (row, app) => updateRow(row, app, this.#route, accounts));
    this.#more.hidden = found.length <= this.#shown;
    setText(this.#more, `Show ${format.count(Math.min(PAGE, found.length - this.#shown))} more`);
  }

  #showMore() {
    this.#shown += PAGE;
    this.#drawRows();
  }

  #header(column) {
    const name = [column.name, column.hint ? el("small", {}, column.hint) : null];
    if (!column.value) return el("th", { scope: "col", class: `c-${column.id}` }, name);
    const header = el("th", { scope: "col", class: `c-${column.id}` }, el("button", { type: "button", click: () => this.#sort(column) }, ...name.filter(Boolean)));
    this.#sorters.set(column.id, header);
    return header;
  }

  #sort(column) {
    const now = parseSort(this.#route.get("sort"));
    const down = now.column === column ? !now.down : !column.text;
    this.#route.change({ sort: column.id === "last" && down ? null : `${down ? "-" : "+"}${column.id}` });
    this.#drawRows();
  }
}

function createRow() {
  const row = el("tr");
  const name = link("?", { class: "app-name" });
  const account = el("span", { class: "account" });
  const spark = sparkline();
  const cells = {
    runs: el("td", { class: "c-runs num" }),
    failed: el("td", { class: "c-failed num" }),
    duration: pair("c-duration"),
    cpu: pair("c-cpu"),
    memory: pair("c-memory"),
    last: el("td", { class: "c-last" }, el("i", { class: "dot" }), el("time")),
  };
  const bar = meter();
  cells.memory.append(bar);
  row.parts = { name, account, spark, bar, ...cells };
  row.append(el("th", { scope: "row", class: "c-app" }, name, account), el("td", { class: "c-recent" }, spark));
  row.append(cells.runs, cells.failed, cells.duration, cells.cpu, cells.memory, cells.last);
  return row;
}

function pair(name) {
  return el("td", { class: `${name} num` }, el("span"), el("small"));
}

function updateRow(row, app, route, accounts) {
  const { name, account, spark, bar, runs, failed, duration, cpu, memory, last } = row.parts;
  setText(name, app.app_id);
  name.href = route.to({ app: app.app_id, account: accounts ? app.account : null });
  setText(account, accounts ? app.account : "");
  drawSparkline(spark, app.recent);
  setText(runs, app.runs ? format.count(app.runs) : format.NOTHING);
  setText(failed, app.failures ? format.count(app.failures) : app.runs ? "0" : format.NOTHING);
  failed.classList.toggle("bad", app.failures > 0);
  failed.classList.toggle("quiet", app.failures === 0);
  failed.title = app.failures ? `${format.percent(app.failures, app.runs)} of runs` : "";
  setPair(duration, format.duration(app.duration?.p50), app.duration?.count > 1 ? format.duration(app.duration.p95) : "");
  setPair(cpu, format.duration(app.cpu_time?.p50), app.cpu_time?.count > 1 ? format.duration(app.cpu_time.p95) : "");
  const asked = app.requests?.memory ?? app.limits?.memory;
  const used = app.max_memory?.p95;
  setPair(memory, format.bytes(used), asked && used ? `of ${format.askedBytes(asked)}` : "");
  drawMeter(bar, used, asked);
  const [dot, time] = last.children;
  dot.className = `dot ${app.last_run.outcome}`;
  dot.title = app.last_run.reason ?? app.last_run.outcome;
  setTime(time, app.last_run.ended);
  const number = app.last_run.number;
  if (row.number && number > row.number) flash(row);
  row.number = number;
}

function setPair(cell, first, second) {
  setText(cell.children[0], first);
  setText(cell.children[1], second);
}

/** How many runs ended in each hour or day of the window, and how many of them failed. */
function drawHistory(chart, history) {
  const step = history.step * 1_000;
  const end = Math.floor(Date.parse(history.now) / step) * step + step;
  const oldest = history.steps.length ? Date.parse(history.steps[0].start) : end - step;
  const begin = history.window === "all" ? Math.max(Math.min(oldest, end - 30 * step), end - 365 * step) : Date.parse(history.since);
  const slots = Math.round((end - begin) / step);
  const bars = new Array(slots).fill(null);
  let greatest = 0;
  for (const { start, runs, failures } of history.steps) {
    const slot = Math.round((Date.parse(start) - begin) / step);
    if (slot < 0) continue;
    greatest = Math.max(greatest, runs);
    const from = Date.parse(start);
    const when = step < 86_400_000 ? `${format.dayTime(from)}, one hour` : format.day(from);
    bars[slot] = { good: runs - failures, bad: failures, tip: [when, `${format.count(runs)} runs`, failures ? `${format.count(failures)} failed` : "none failed"] };
  }
  const name = step < 86_400_000 ? format.dayTime : format.day;
  chart.draw(bars, {
    slots,
    label: `Runs for each ${step < 86_400_000 ? "hour" : "day"}, at most ${format.count(greatest)}`,
    top: greatest ? `${format.shortCount(greatest)} ${step < 86_400_000 ? "an hour" : "a day"}` : "",
    axis: [name(begin), name(begin + (end - begin) / 2), "now"],
  });
}
