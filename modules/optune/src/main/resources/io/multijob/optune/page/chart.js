// Bars, drawn as one path for each colour: a thousand sparklines are two thousand elements.

import { el, svg } from "./dom.js";

const SPARK = { slots: 40, slot: 4, bar: 3, height: 28 };

/** The last runs of an app: height is duration, colour the outcome, the newest on the right. */
export function sparkline() {
  const good = svg("path", { class: "bar-good" });
  const bad = svg("path", { class: "bar-bad" });
  const width = SPARK.slots * SPARK.slot;
  const base = svg("path", { class: "bar-base", d: `M0 ${SPARK.height - 0.5}H${width}` });
  return svg("svg", { class: "spark", viewBox: `0 0 ${width} ${SPARK.height}`, role: "img" }, base, good, bad);
}

/** @param points `[duration, failed]`, oldest first */
export function drawSparkline(spark, points) {
  const shape = points.join();
  if (spark.shape === shape) return;
  spark.shape = shape;
  const [, good, bad] = spark.children;
  const greatest = Math.max(...points.map(([duration]) => duration), 1e-9);
  const paths = ["", ""];
  points.forEach(([duration, failed], i) => {
    const height = Math.max(2, (duration / greatest) * SPARK.height);
    const x = (SPARK.slots - points.length + i) * SPARK.slot;
    paths[failed] += rect(x, SPARK.height - height, SPARK.bar, height);
  });
  good.setAttribute("d", paths[0]);
  bad.setAttribute("d", paths[1]);
  const failures = points.filter(([, failed]) => failed).length;
  spark.setAttribute("aria-label", `Durations of the last ${points.length} runs, ${failures} failed`);
}

function rect(x, y, width, height) {
  return `M${x.toFixed(2)} ${y.toFixed(2)}h${width.toFixed(2)}v${height.toFixed(2)}h-${width.toFixed(2)}z`;
}

/**
 * A chart of stacked bars that fills its width, with a tip for the bar under the pointer.
 *
 * `draw(bars, options)`: a bar is `{ good, bad, tip }`, amounts of each and the lines of its tip, or null
 * for an empty slot; options are `slots`, `label` (for those who cannot see it), `top` (what the greatest
 * is called), `line` (an amount to mark), `axis` (labels from left to right), `pick(index)` on a click.
 */
export class BarChart {
  #good = svg("path", { class: "bar-good" });
  #bad = svg("path", { class: "bar-bad" });
  #mark = svg("path", { class: "bar-mark", "vector-effect": "non-scaling-stroke" });
  #line = svg("path", { class: "bar-line", "vector-effect": "non-scaling-stroke" });
  #plot;
  #top = el("span", { class: "chart-top" });
  #axis = el("div", { class: "chart-axis", "aria-hidden": "true" });
  #tip = el("div", { class: "tip", hidden: true });
  #bars = [];
  #options = { slots: 1 };
  #hovered = -1;

  constructor(height) {
    this.height = height;
    this.#plot = svg("svg", { class: "plot", preserveAspectRatio: "none", role: "img" }, this.#mark, this.#good, this.#bad, this.#line);
    this.#plot.style.height = `${height}px`;
    this.element = el("div", { class: "chart" }, el("div", { class: "chart-plot" }, this.#plot, this.#top, this.#tip), this.#axis);
    this.#plot.addEventListener("pointermove", (event) => this.#hover(event));
    this.#plot.addEventListener("pointerleave", () => this.#leave());
    this.#plot.addEventListener("click", () => {
      if (this.#bars[this.#hovered]) this.#options.pick?.(this.#hovered);
    });
  }

  draw(bars, options) {
    this.#bars = bars;
    this.#options = options;
    const greatest = Math.max(...bars.map((bar) => (bar ? bar.good + bar.bad : 0)), options.line ?? 0, 1e-9);
    const scale = (this.height - (options.top ? 18 : 4)) / greatest; // room for the word on top
    const gap = options.slots > 90 ? 0.18 : 0.24;
    let good = "";
    let bad = "";
    bars.forEach((bar, i) => {
      if (!bar) return;
      const x = i + gap / 2;
      const badHeight = bar.bad > 0 ? Math.max(2, bar.bad * scale) : 0;
      const goodHeight = bar.good > 0 ? Math.max(2, bar.good * scale) : 0;
      if (goodHeight) good += rect(x, this.height - goodHeight - badHeight, 1 - gap, goodHeight);
      if (badHeight) bad += rect(x, this.height - badHeight, 1 - gap, badHeight);
    });
    this.#plot.setAttribute("viewBox", `0 0 ${options.slots} ${this.height}`);
    this.#plot.setAttribute("aria-label", options.label);
    this.#plot.classList.toggle("pickable", Boolean(options.pick));
    this.#good.setAttribute("d", good);
    this.#bad.setAttribute("d", bad);
    const y = this.height - (options.line ?? 0) * scale;
    this.#line.setAttribute("d", options.line ? `M0 ${y.toFixed(1)}H${options.slots}` : "");
    this.#top.textContent = options.top ?? "";
    this.#axis.replaceChildren(...(options.axis ?? []).map((text) => el("span", {}, text)));
    if (this.#hovered >= 0) this.#showTip();
  }

  #hover(event) {
    const box = this.#plot.getBoundingClientRect();
    const index = Math.min(this.#options.slots - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * this.#options.slots)));
    if (index === this.#hovered) return;
    this.#hovered = index;
    this.#showTip();
  }

  #leave() {
    this.#hovered = -1;
    this.#tip.hidden = true;
    this.#mark.setAttribute("d", "");
  }

  #showTip() {
    const bar = this.#bars[this.#hovered];
    this.#tip.hidden = !bar;
    this.#mark.setAttribute("d", bar ? rect(this.#hovered, 0, 1, this.height) : "");
    if (!bar) return;
    this.#tip.replaceChildren(...bar.tip.map((line, i) => el(i ? "span" : "b", {}, line)));
    const part = (this.#hovered + 0.5) / this.#options.slots;
    this.#tip.style.left = `${100 * part}%`;
    this.#tip.style.transform = `translateX(${-100 * part}%)`;
  }
}

/** How much of what was asked for was used, as a bar that turns when it comes close. */
export function meter() {
  return el("span", { class: "meter", "aria-hidden": "true" }, el("i"));
}

export function drawMeter(bar, used, asked) {
  bar.hidden = !(asked > 0) || !(used >= 0);
  if (bar.hidden) return;
  const part = used / asked;
  bar.firstChild.style.width = `${Math.min(100, Math.max(2, part * 100))}%`;
  bar.dataset.level = part > 1 ? "over" : part > 0.9 ? "high" : part < 0.25 ? "low" : "fit";
}
