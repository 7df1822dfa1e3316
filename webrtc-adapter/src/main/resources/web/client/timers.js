/** One-shot timers by name: a new one of the same name replaces the old. */
export class Timers {
  #running = {};

  has(name) {
    return name in this.#running;
  }

  arm(name, delayMs, action) {
    this.disarm(name);
    this.#running[name] = setTimeout(() => {
      delete this.#running[name];
      action();
    }, delayMs);
  }

  disarm(...names) {
    for (const name of names) {
      clearTimeout(this.#running[name]);
      delete this.#running[name];
    }
  }

  disarmAll() {
    this.disarm(...Object.keys(this.#running));
  }
}
