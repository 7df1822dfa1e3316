/** Which calls there are, and which of them is in front. Pure. */
export class Lines {
  /** In the order in which they were in front, the last one last. */
  #calls = [];
  /** The call that is shown and heard, or null. */
  front = null;

  /** A call behind the one in front. */
  add(call) {
    this.#calls = [call, ...this.#calls.filter((other) => other !== call)];
  }

  /** A call comes to the front; null: none is in front. */
  bring(call) {
    this.front = call;
    if (call) this.#calls = [...this.#calls.filter((other) => other !== call), call];
  }

  remove(call) {
    this.#calls = this.#calls.filter((other) => other !== call);
    if (this.front === call) this.front = null;
  }

  get isEmpty() {
    return !this.#calls.length;
  }

  /** Unanswered callers besides the one in front, the first to ring first. */
  get callers() {
    return this.#behind.filter((call) => call.state === 'incoming').reverse();
  }

  /** Calls that go on behind the one in front, the one left last first. */
  get waiting() {
    return this.#behind.filter((call) => call.state !== 'incoming').reverse();
  }

  get #behind() {
    return this.#calls.filter((call) => call !== this.front);
  }
}
