// Puts the page together: what the address says is what is shown, and what comes in shows up by itself.

import * as api from "./api.js";
import { AppsView, key } from "./apps.js";
import { el, setAttribute, setText } from "./dom.js";
import { WINDOWS, setTime } from "./figures.js";
import { firstRun } from "./help.js";
import { Live } from "./live.js";
import { RunsView } from "./runs.js";

const DEFAULT_WINDOW = "7d";
const REFRESH = 1_000; // the shortest time between two looks at the figures while runs come
const RELOAD = 300_000; // figures of a window change as it moves on

const main = document.getElementById("main");
const banner = document.getElementById("banner");
const live = document.getElementById("live");

/** The address's query. The window is kept from view to view. */
const route = {
  get: (name) => new URLSearchParams(location.search).get(name),
  window: () => (route.get("window") in WINDOWS ? route.get("window") : DEFAULT_WINDOW),
  to(parameters) {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries({ window: route.get("window"), ...parameters })) {
      if (value !== null && value !== undefined) query.set(name, value);
    }
    return query.size ? `?${query}` : "?";
  },
  /** Changes the address without a new place in the history. */
  change(parameters) {
    const query = new URLSearchParams(location.search);
    for (const [name, value] of Object.entries(parameters)) {
      if (value === null) query.delete(name);
      else query.set(name, value);
    }
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  },
};

const state = { overview: null, history: null, window: DEFAULT_WINDOW };
let view = null;
let refreshing = 0;
let lastRefresh = 0;

function show() {
  const name = route.get("app") !== null ? "app" : route.get("view") === "runs" ? "runs" : "apps";
  view?.close?.();
  if (state.overview && state.overview.total === 0) view = { element: firstRun(), update() {} };
  else view = name === "apps" ? new AppsView(route) : new RunsView(route);
  if (name === "apps") document.title = "optune";
  main.replaceChildren(view.element);
  document.querySelectorAll("[data-view]").forEach((tab) => {
    setAttribute(tab, "aria-current", tab.dataset.view === name ? "page" : tab.dataset.view === "apps" && name === "app" ? "true" : null);
    tab.href = route.to(tab.dataset.view === "runs" ? { view: "runs" } : {});
  });
  drawWindows();
  update();
}

function update() {
  if (state.overview) view.update(state);
}

/** Goes to an address of this page. */
function navigate(href) {
  const before = route.window();
  history.pushState(null, "", href);
  scrollTo(0, 0);
  show();
  main.querySelector("h1")?.focus({ preventScroll: true });
  if (route.window() !== before) load();
}

/** Reads all figures of the window. */
async function load() {
  const window = route.window();
  const hadRuns = state.overview?.total > 0;
  try {
    const [overview, steps] = await Promise.all([api.apps({ window }), api.history({ window })]);
    if (window !== route.window()) return;
    state.window = window;
    state.history = steps;
    state.overview = { ...overview, apps: new Map(overview.apps.map((app) => [key(app), app])) };
    problem(null);
    if (!view || hadRuns !== overview.total > 0) show();
    else update();
  } catch (error) {
    problem(error);
    throw error;
  }
}

/** Reads what has changed since. */
async function refresh() {
  refreshing = 0;
  lastRefresh = Date.now();
  const { window, overview } = state;
  if (overview.total === 0) return load();
  const [changed, steps] = await Promise.all([
    api.apps({ window, after: overview.last }),
    view instanceof AppsView ? api.history({ window }) : state.history,
  ]);
  if (window !== state.window) return;
  changed.apps.forEach((app) => overview.apps.set(key(app), app));
  state.history = steps;
  state.overview = { ...overview, last: changed.last, total: changed.total, all: changed.all };
  update();
}

function refreshSoon() {
  refreshing ||= setTimeout(() => refresh().catch(problem), Math.max(0, lastRefresh + REFRESH - Date.now()));
}

function problem(error) {
  banner.hidden = !error;
  if (!error) return;
  setText(banner, error.status === 401 ? "This service needs its token: open it once as /?token=…" : error.status ? `The service says: ${error.message}` : "The service cannot be reached. Trying again…");
}

function drawWindows() {
  const group = document.querySelector(".windows");
  group.hidden = route.get("view") === "runs" && route.get("app") === null; // the list of runs has no window
  const names = { "24h": "24 h", "7d": "7 d", "30d": "30 d", all: "All" };
  const query = Object.fromEntries(new URLSearchParams(location.search));
  group.replaceChildren(
    ...Object.entries(names).map(([window, name]) =>
      el("a", { href: route.to({ ...query, window: window === DEFAULT_WINDOW ? null : window }), "data-route": true, "aria-current": window === route.window() ? "true" : null, title: `Figures of ${WINDOWS[window]}` }, name),
    ),
  );
}

const LIVE = { live: "Live", lost: "Connection lost", connecting: "Connecting" };
let lostTimer = 0;

/** A connection that comes back at once is not worth a word. */
function setLive(name) {
  clearTimeout(lostTimer);
  const say = () => {
    live.dataset.state = name;
    setText(live.lastElementChild, LIVE[name]);
    if (name === "live") problem(null);
    else problem(new Error());
  };
  if (name === "lost") lostTimer = setTimeout(say, 1_500);
  else say();
}

const stream = new Live({
  state: setLive,
  reset() {
    load().catch(() => {});
    view.reload?.();
  },
  runs(runs) {
    view.add?.(runs);
    refreshSoon();
  },
});

document.addEventListener("click", (event) => {
  const anchor = event.target.closest("a[data-route]");
  if (!anchor || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  navigate(anchor.href);
});

document.addEventListener("keydown", (event) => {
  if (event.target.matches("input, textarea")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  if (event.key === "/" && view instanceof AppsView) {
    event.preventDefault();
    view.focusFilter();
  }
});

addEventListener("popstate", () => {
  show();
  if (route.window() !== state.window) load().catch(() => {});
});

document.getElementById("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = getComputedStyle(root).colorScheme.includes("dark") && (root.dataset.theme === "dark" || (!root.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches));
  root.dataset.theme = dark ? "light" : "dark";
  try {
    localStorage.setItem("optune-theme", root.dataset.theme);
  } catch {
    // It holds for as long as the page is open.
  }
});

setInterval(() => document.querySelectorAll("time").forEach((time) => setTime(time, time.dateTime)), 5_000);
setInterval(() => load().catch(() => {}), RELOAD);

/** Until the service answers once. */
async function begin(attempt = 0) {
  try {
    await load();
    stream.start(state.overview.last);
  } catch {
    setTimeout(() => begin(attempt + 1), Math.min(15_000, 1_000 * 2 ** attempt));
  }
}

drawWindows();
begin();
