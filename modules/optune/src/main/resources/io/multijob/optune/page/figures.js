// What the views share: figures with their names, times that stay right, and a hint at what has changed.

import { drawMeter, meter } from "./chart.js";
import { el, setAttribute, setText } from "./dom.js";
import * as format from "./format.js";

export const WINDOWS = {
  "24h": "24 hours",
  "7d": "7 days",
  "30d": "30 days",
  all: "all time",
};

export const ofWindow = (window) => (window === "all" ? "of all time" : `in ${WINDOWS[window]}`);

/** A time that says how long ago it was; the page keeps it right. */
export function setTime(element, text) {
  if (element.dateTime !== text) {
    element.dateTime = text;
    element.title = format.dateTime(Date.parse(text));
  }
  setText(element, format.ago(Date.parse(text)));
}

/** Draws the eye to what has just changed, once. */
export function flash(element) {
  element.classList.remove("flash");
  void element.offsetWidth; // lets the animation begin again
  element.classList.add("flash");
}

/** A row of figures, each with a name, a value and a word on it. */
export function figures(names) {
  const parts = new Map(
    names.map((name) => {
      const value = el("b");
      const note = el("small");
      const bar = meter();
      bar.hidden = true;
      return [name, { value, note, bar, element: el("div", { class: "figure" }, el("span", {}, name), value, note, bar) }];
    }),
  );
  return {
    element: el("div", { class: "figures" }, [...parts.values()].map((part) => part.element)),
    set(name, value, note) {
      setText(parts.get(name).value, value);
      setText(parts.get(name).note, note);
    },
    tone: (name, tone) => setAttribute(parts.get(name).element, "data-tone", tone || null),
    meter: (name, used, asked) => drawMeter(parts.get(name).bar, used, asked),
  };
}
