// Follows new runs. The browser's own reconnecting covers a dropped connection; what it does not cover, a
// refusal or a connection that has silently died, is covered here.

const SILENCE = 40_000; // the service speaks at least every 15 s
const FLUSH = 120;
const MAX_WAIT = 15_000;

export class Live {
  #on;
  #after = 0;
  #source = null;
  #heard = 0;
  #retries = 0;
  #retryTimer = 0;
  #waiting = [];
  #flushTimer = 0;

  /** @param on `runs(array)`, `reset()`, `state("live" | "lost")` */
  constructor(on) {
    this.#on = on;
    setInterval(() => this.#watch(), 5_000);
    addEventListener("online", () => this.#reconnect());
    document.addEventListener("visibilitychange", () => this.#watch());
  }

  /** Begins after the run with the number. */
  start(after) {
    this.#after = after;
    this.#connect();
  }

  #connect() {
    clearTimeout(this.#retryTimer);
    this.#source?.close();
    const source = new EventSource(`api/v1/stream?after=${this.#after}`);
    this.#source = source;
    this.#heard = Date.now();
    source.onopen = () => this.#alive();
    source.addEventListener("ping", () => this.#alive());
    source.addEventListener("run", (event) => {
      this.#alive();
      this.#after = Number(event.lastEventId);
      this.#waiting.push(JSON.parse(event.data));
      this.#flushTimer ||= setTimeout(() => this.#flush(), FLUSH);
    });
    source.addEventListener("reset", (event) => {
      this.#alive();
      this.#after = Number(event.lastEventId);
      this.#on.reset();
    });
    source.onerror = () => {
      this.#on.state("lost");
      if (source.readyState === EventSource.CLOSED && source === this.#source) this.#retry();
    };
  }

  #alive() {
    this.#heard = Date.now();
    this.#retries = 0;
    this.#on.state("live");
  }

  #retry() {
    clearTimeout(this.#retryTimer);
    this.#retryTimer = setTimeout(() => this.#connect(), Math.min(MAX_WAIT, 1_000 * 2 ** this.#retries++));
  }

  #reconnect() {
    if (this.#source) this.#connect();
  }

  #watch() {
    if (this.#source && !document.hidden && Date.now() - this.#heard > SILENCE) {
      this.#on.state("lost");
      this.#connect();
    }
  }

  #flush() {
    this.#flushTimer = 0;
    const runs = this.#waiting;
    this.#waiting = [];
    this.#on.runs(runs);
  }
}
