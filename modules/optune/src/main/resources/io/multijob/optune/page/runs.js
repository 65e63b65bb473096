// The runs of one app or of all, newest first, with what the app costs above them.

import * as api from "./api.js";
import { BarChart } from "./chart.js";
import { el, keyed, link, setAttribute, setText } from "./dom.js";
import { figures, flash, ofWindow, setTime } from "./figures.js";
import * as format from "./format.js";
import { describe, runDetail } from "./run.js";

const PAGE = 100;
const MAX_ROWS = 2_000;
const CHARTED = 100;
const FEW = 40; // with fewer runs than this the bars are as wide as with this many

export class RunsView {
  #route;
  #app;
  #account;
  #runs = [];
  #known = new Set();
  #next = null;
  #loaded = false;
  #abort = new AbortController();
  #figures;
  #chart = new BarChart(120);
  #chartNote = el("small");
  #summary;
  #table;
  #waiting = [];
  #newer = el("button", { class: "newer", type: "button", hidden: true, click: () => this.#showNewer() });
  #more = el("button", { class: "more", type: "button", hidden: true, click: () => this.#loadMore() });
  #note = el("p", { class: "none", role: "status" }, "Loading");
  #accounts = false;
  #rows;

  /** @param rows where only so many of the latest are wanted, as part of another view */
  constructor(route, { rows = null } = {}) {
    this.#route = route;
    this.#rows = rows;
    this.#app = route.get("app");
    this.#account = route.get("account");
    const all = this.#app === null;
    this.#figures = figures(["Runs", "Failed", "Duration", "CPU", "Peak memory"]);
    this.#summary = el(
      "section",
      { class: "card", "aria-label": "What this app costs", hidden: all },
      this.#figures.element,
      el("h2", { class: "chart-title" }, "Duration of the last runs", this.#chartNote),
      this.#chart.element,
    );
    this.#table = el("table", { class: `runs${all ? " of-all" : ""}` }, el("thead", {}, el("tr", {}, headers(all))));
    const list = el(
      "section",
      { class: "card" },
      el("div", { class: "card-head" }, el("h2", {}, all ? "Latest runs" : "Runs"), rows ? link(route.to({ view: "runs" }), { class: "all-runs" }, "All runs") : null),
      this.#newer,
      this.#table,
      this.#note,
      this.#more,
    );
    this.element = rows ? list : el("div", { class: "view" }, this.#heading(), this.#summary, list);
    this.#load();
  }

  #heading() {
    document.title = `${this.#app ?? "Runs"} · optune`;
    if (this.#app === null) return el("h1", { class: "hidden", tabindex: "-1" }, "Runs");
    return el("div", { class: "title" }, link(this.#route.to({}), { class: "back" }, "Apps"), el("h1", { tabindex: "-1" }, this.#app), el("span", { class: "account" }, this.#account ?? ""));
  }

  close() {
    this.#abort.abort();
  }

  update({ overview, window }) {
    this.#accounts = new Set([...overview.apps.values()].map((app) => app.account)).size > 1;
    if (this.#app === null) return;
    const app = [...overview.apps.values()].find((one) => one.app_id === this.#app && (!this.#account || one.account === this.#account));
    this.#summary.hidden = !app;
    if (app) this.#drawFigures(app, window);
  }

  /** Takes runs that have just come, oldest first. */
  add(runs) {
    const ours = runs.filter((run) => this.#isOurs(run) && !this.#known.has(run.id));
    if (!ours.length || !this.#loaded) return;
    ours.forEach((run) => this.#known.add(run.id));
    this.#waiting.unshift(...ours.reverse());
    // What is being read must not move away: somebody who has scrolled down is told, and asks.
    if (this.#rows || this.#table.getBoundingClientRect().top > -200) this.#showNewer();
    else this.#tellNewer();
  }

  /** Loads anew, after too much was missed. */
  reload() {
    this.#load();
  }

  #isOurs(run) {
    return this.#app === null || (run.app_id === this.#app && (!this.#account || run.account === this.#account));
  }

  #tellNewer() {
    this.#newer.hidden = !this.#waiting.length;
    setText(this.#newer, `${format.count(this.#waiting.length)} new ${this.#waiting.length === 1 ? "run" : "runs"}`);
  }

  #showNewer() {
    const fresh = new Set(this.#waiting.map((run) => run.id));
    this.#runs.unshift(...this.#waiting);
    this.#waiting = [];
    const most = this.#rows ?? MAX_ROWS;
    if (this.#runs.length > most) {
      this.#runs.length = most;
      this.#next = null;
    }
    this.#tellNewer();
    this.#draw(fresh);
    if (!this.#rows && this.#table.getBoundingClientRect().top < 0) this.#table.scrollIntoView({ block: "start" });
  }

  async #load() {
    await this.#guarded(async () => {
      const page = await api.runs({ app: this.#app, account: this.#account, limit: this.#rows ?? PAGE }, this.#abort.signal);
      this.#runs = page.runs;
      this.#known = new Set(page.runs.map((run) => run.id));
      this.#waiting = [];
      this.#next = this.#rows ? null : (page.next ?? null);
      this.#loaded = true;
      const open = this.#route.get("run");
      if (open && !this.#rows && !this.#known.has(open)) await this.#fetchOpen(open);
      this.#draw();
      if (open && !this.#rows) this.#table.querySelector("tbody.open")?.scrollIntoView({ block: "center" });
    });
  }

  /** A link leads to a run that is on a later page. */
  async #fetchOpen(id) {
    try {
      const run = await api.run(id, this.#abort.signal);
      if (!this.#isOurs(run)) return;
      this.#runs.push(run);
      this.#known.add(id);
      this.#runs.sort((a, b) => b.number - a.number);
    } catch (error) {
      if (error.status !== 404) throw error;
    }
  }

  async #loadMore() {
    this.#more.disabled = true;
    await this.#guarded(async () => {
      const page = await api.runs({ app: this.#app, account: this.#account, limit: PAGE, before: this.#next }, this.#abort.signal);
      const older = page.runs.filter((run) => !this.#known.has(run.id));
      older.forEach((run) => this.#known.add(run.id));
      this.#runs.push(...older);
      this.#runs.sort((a, b) => b.number - a.number);
      this.#next = this.#runs.length >= MAX_ROWS ? null : (page.next ?? null);
      this.#draw();
    });
    this.#more.disabled = false;
  }

  async #guarded(work) {
    try {
      await work();
    } catch (error) {
      if (error.name === "AbortError") return;
      this.#note.hidden = false;
      setText(this.#note, `The runs could not be loaded: ${error.message}`);
    }
  }

  #draw(fresh = new Set()) {
    this.#note.hidden = this.#runs.length > 0;
    setText(this.#note, this.#app === null ? "No runs yet." : "This app has no runs yet.");
    this.#table.hidden = !this.#runs.length;
    this.#more.hidden = !this.#next;
    setText(this.#more, "Show older runs");
    const open = this.#route.get("run");
    const longest = quantile(this.#runs.map((run) => value(run, "duration") ?? 0), 0.95) || 1;
    keyed(
      this.#table,
      this.#runs,
      (run) => run.id,
      (run) => {
        const row = this.#createRow(run);
        if (fresh.has(run.id)) flash(row);
        return row;
      },
      (body, run) => {
        body.bar.style.width = `${Math.min(100, (100 * (value(run, "duration") ?? 0)) / longest)}%`;
        this.#setOpen(body, run, run.id === open);
      },
    );
    if (this.#app !== null) this.#drawChart();
  }

  #createRow(run) {
    const { outcome, reason } = describe(run);
    const annotations = run.annotations ?? {};
    const bar = el("i", { class: "length" });
    const toggle = el("button", { class: "toggle", type: "button", "aria-expanded": "false", "aria-label": `Details of the run that ended ${format.dateTime(ended(run))}` }, el("i", { class: `dot ${outcome}` }), el("span", {}, reason));
    const time = el("time");
    setTime(time, new Date(ended(run)).toISOString());
    const row = el(
      "tr",
      { click: (event) => event.target.closest("a") || this.#toggle(run.id) },
      el("td", { class: "c-outcome" }, toggle),
      this.#app === null ? el("td", { class: "c-app" }, link(this.#route.to({ app: run.app_id, account: this.#accounts ? run.account : null }), { class: "app-name" }, run.app_id)) : null,
      el("td", { class: "c-when" }, time),
      this.#app === null ? null : el("td", { class: "c-pod", title: annotations.pod }, annotations.pod ?? format.NOTHING),
      el("td", { class: "c-duration num" }, format.duration(value(run, "duration")), bar),
      el("td", { class: "c-cpu num" }, format.duration(value(run, "cpu_time"))),
      el("td", { class: "c-memory num" }, format.bytes(value(run, "max_memory"))),
      el("td", { class: `c-exit num${annotations.exitcode ? " bad" : " quiet"}` }, String(annotations.exitcode ?? format.NOTHING)),
      el("td", { class: "c-source" }, annotations.source ?? format.NOTHING),
    );
    const body = el("tbody", { class: outcome }, row);
    body.bar = bar;
    body.toggle = toggle;
    return body;
  }

  #toggle(id) {
    if (getSelection()?.toString()) return; // somebody is copying
    this.#route.change({ run: this.#route.get("run") === id ? null : id });
    this.#draw();
  }

  #setOpen(body, run, open) {
    if (body.classList.contains("open") === open) return;
    body.classList.toggle("open", open);
    setAttribute(body.toggle, "aria-expanded", open);
    if (open) body.append(el("tr", { class: "detail" }, el("td", { colspan: 8 }, runDetail(run))));
    else body.lastElementChild.remove();
  }

  #drawFigures(app, window) {
    const { requests = {}, limits = {} } = app;
    this.#figures.set("Runs", format.count(app.runs), ofWindow(window));
    this.#figures.set("Failed", format.count(app.failures), app.failures ? `${format.percent(app.failures, app.runs)} of runs` : "none");
    this.#figures.tone("Failed", app.failures ? "bad" : "");
    this.#figures.set("Duration", format.duration(app.duration?.p50), app.duration?.count > 1 ? `p95 ${format.duration(app.duration.p95)} · max ${format.duration(app.duration.max)}` : "");
    const cores = app.cpu_time && app.duration?.sum ? app.cpu_time.sum / app.duration.sum : undefined;
    const askedCores = requests.cpu ?? limits.cpu;
    this.#figures.set("CPU", cores === undefined ? format.NOTHING : `${format.cores(cores)} cores`, asked(askedCores, requests.cpu, format.askedCores));
    this.#figures.meter("CPU", cores, askedCores);
    const memory = app.max_memory?.max;
    const askedMemory = requests.memory ?? limits.memory;
    this.#figures.set("Peak memory", format.bytes(memory), asked(askedMemory, requests.memory, format.askedBytes));
    this.#figures.meter("Peak memory", memory, askedMemory);
  }

  #drawChart() {
    const charted = this.#runs.slice(0, CHARTED).reverse();
    const slots = charted.length > FEW ? CHARTED : FEW;
    const empty = slots - charted.length;
    const durations = charted.map((run) => value(run, "duration") ?? 0);
    const bars = new Array(empty).fill(null).concat(
      charted.map((run, i) => {
        const { outcome, reason } = describe(run);
        const failed = outcome === "failed";
        const length = Math.max(durations[i], 1e-9);
        return { good: failed ? 0 : length, bad: failed ? length : 0, tip: [format.duration(value(run, "duration")), reason, format.ago(ended(run))] };
      }),
    );
    const median = quantile(charted.map((run) => value(run, "duration")).filter((duration) => duration !== undefined), 0.5);
    const longest = Math.max(...durations);
    setText(this.#chartNote, charted.length > 2 ? `median ${format.duration(median)}, longest ${format.duration(longest)}` : "");
    this.#chart.draw(bars, {
      slots,
      label: `Durations of the last ${charted.length} runs, the longest ${format.duration(longest)}`,
      line: charted.length > 2 ? median : 0,
      axis: [charted.length >= CHARTED ? `${CHARTED} runs ago` : "", "latest"],
      pick: (index) => {
        const run = charted[index - empty];
        this.#route.change({ run: run.id });
        this.#draw();
        this.#table.querySelector("tbody.open")?.scrollIntoView({ block: "center", behavior: "smooth" });
      },
    });
  }
}

function headers(all) {
  const names = [["Outcome", "outcome"], all ? ["App", "app"] : null, ["Ended", "when"], all ? null : ["Pod", "pod"], ["Duration", "duration"], ["CPU time", "cpu"], ["Peak memory", "memory"], ["Exit", "exit"], ["Figures from", "source"]];
  return names.filter(Boolean).map(([name, id]) => el("th", { scope: "col", class: `c-${id}` }, name));
}

/** What an app may use, in words: its request or, where it has none, its limit. */
function asked(amount, request, write) {
  if (!amount) return "nothing requested";
  return request ? `of ${write(amount)} requested` : `limit ${write(amount)}`;
}

function value(run, metric) {
  return run.metrics?.[metric]?.value;
}

/** When the run ended; when it was reported, where its node did not say or says a time to come. */
function ended(run) {
  const received = Date.parse(run.received);
  const finished = Date.parse(run.annotations?.finished);
  return finished <= received ? finished : received;
}

function quantile(values, part) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? 0;
}
