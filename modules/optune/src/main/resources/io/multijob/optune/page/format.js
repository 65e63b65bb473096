// Numbers and times as people read them.

const COUNT = new Intl.NumberFormat("en");
const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const DAY_TIME = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
const DAY_YEAR = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", year: "numeric" });

export const NOTHING = "–";

export const count = (n) => COUNT.format(n);

/** 1234567 as 1.23 M, for where room is short. */
export function shortCount(n) {
  if (n < 100_000) return count(n);
  return n < 1e6 ? `${Math.round(n / 1e3)} k` : n < 1e9 ? `${significant(n / 1e6)} M` : `${significant(n / 1e9)} G`;
}

/** Three digits that matter, never an exponent. */
export function significant(n) {
  if (n === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(n)) + 1e-9));
  return n.toFixed(Math.min(digits, 6));
}

/** The same without zeros that say nothing: for amounts that somebody wrote down. */
const plain = (n) => String(Number(significant(n)));

/** Seconds, in the unit that suits: 345 ms, 2.35 s, 3 m 12 s, 5 h 03 m, 2 d 4 h. */
export function duration(seconds) {
  if (seconds === undefined || seconds === null || !Number.isFinite(seconds)) return NOTHING;
  if (seconds < 0.0005) return seconds === 0 ? "0 s" : `${significant(seconds * 1e6)} µs`;
  if (seconds < 0.9995) return `${significant(seconds * 1e3)} ms`;
  if (seconds < 59.95) return `${significant(seconds)} s`;
  const whole = Math.round(seconds);
  const pad = (n) => String(n).padStart(2, "0");
  if (whole < 3_600) return `${Math.floor(whole / 60)} m ${pad(whole % 60)} s`;
  if (whole < 86_400) return `${Math.floor(whole / 3_600)} h ${pad(Math.round((whole % 3_600) / 60) % 60)} m`;
  return `${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3_600)} h`;
}

/** Bytes in binary units: 182 MiB. */
export const bytes = (n) => inBinary(n, significant);

/** An amount of memory that was asked for: 1 GiB, not 1.00 GiB. */
export const askedBytes = (n) => inBinary(n, plain);

export const askedCores = plain;

function inBinary(n, write) {
  if (n === undefined || n === null || !Number.isFinite(n)) return NOTHING;
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  let value = n;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_024;
    unit++;
  }
  return `${unit === 0 ? count(Math.round(value)) : write(value)} ${units[unit]}`;
}

export const cores = (n) => (n === undefined || !Number.isFinite(n) ? NOTHING : significant(n));

export function percent(part, whole) {
  if (!whole) return NOTHING;
  const value = (100 * part) / whole;
  if (value === 0 || value === 100) return `${value} %`;
  return value < 0.1 ? "< 0.1 %" : value > 99.9 ? "> 99.9 %" : `${value < 10 ? value.toFixed(1) : Math.round(value)} %`;
}

/** How long ago, in words short enough for a table. */
export function ago(moment, now = Date.now()) {
  const seconds = Math.max(0, (now - moment) / 1_000);
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  if (seconds < 7 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`;
  return new Date(moment).getFullYear() === new Date(now).getFullYear() ? DAY.format(moment) : DAY_YEAR.format(moment);
}

export const dateTime = (moment) => DATE_TIME.format(moment);
export const dayTime = (moment) => DAY_TIME.format(moment);
export const day = (moment) => DAY.format(moment);

/** A figure with its unit, with all its digits. */
export function exact(value, unit) {
  if (unit === "bytes") return `${count(value)} bytes`;
  return `${new Intl.NumberFormat("en", { maximumFractionDigits: 9 }).format(value)} ${unit ?? ""}`.trim();
}
