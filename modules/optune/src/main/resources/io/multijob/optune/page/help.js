// What to do when there are no runs yet.

import { el } from "./dom.js";

export function firstRun() {
  const base = new URL("./", location.href).href.replace(/\/$/, "");
  const servo = `OPTUNE_URL='${base}/metrics/{acct}/{app_id}/servo' OPTUNE_ACCOUNT=me ./servo run`;
  const body = JSON.stringify({
    event: "MEASUREMENT",
    param: {
      metrics: { duration: { value: 2.345, unit: "s" }, cpu_time: { value: 1.2, unit: "s" }, max_memory: { value: 67_108_864, unit: "bytes" } },
      annotations: { exitcode: 0, reason: "Completed", source: "cgroup-v2" },
    },
  });
  const curl = `curl ${base}/metrics/me/hello/servo \\\n  -H 'Content-Type: application/json' \\\n  -d '${body}'`;
  return el(
    "div",
    { class: "view" },
    el(
      "section",
      { class: "card first" },
      el("h1", { tabindex: "-1" }, "No runs yet"),
      el("p", {}, "This page fills by itself when the first one-time pod has been measured. Point a servo here:"),
      snippet(servo),
      el("p", {}, "Or send one run by hand:"),
      snippet(curl),
      el("p", { class: "quiet" }, "Where the service has a token, both need it: OPTUNE_AUTH_TOKEN for the servo, -H 'Authorization: Bearer …' for curl."),
    ),
  );
}

function snippet(text) {
  const copy = el("button", {
    type: "button",
    click: async () => {
      await navigator.clipboard.writeText(text);
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy"), 1_500);
    },
  }, "Copy");
  return el("div", { class: "snippet" }, el("pre", { tabindex: "0" }, text), navigator.clipboard ? copy : null);
}
