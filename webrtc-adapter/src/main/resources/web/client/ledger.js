/** The books of one session: which events came, and which requests still wait for their reply. */
import { RingdownError, noReply } from './errors.js';

const MAX_TRIES = 3;

/** Counts the gateway's numbered events, so that a replayed one is not handled twice. */
export class Received {
  /** The highest number up to which everything has come: what is acknowledged. */
  last = 0;
  #ahead = 0;

  /** @returns {boolean} whether the event is new */
  accept(seq) {
    if (seq <= this.last) return false;
    this.last = seq;
    this.#catchUp();
    return true;
  }

  /** A resumed session's `welcome` may be numbered after the events that are replayed behind it. */
  acceptWelcome(seq) {
    this.#ahead = Math.max(this.#ahead, seq);
    this.#catchUp();
  }

  #catchUp() {
    if (this.#ahead === this.last + 1) this.last = this.#ahead;
  }
}

/** Requests without a reply, in the order in which they were made. */
export class Requests {
  #waiting = new Map();

  get size() {
    return this.#waiting.size;
  }

  /** Books a message that carries an `id`; the promise is settled by the reply with that id. */
  add(message) {
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.id, { message, resolve, reject, tries: 1 });
    });
  }

  /** Settles the request that an `ok` or `error` answers, if there is one. */
  settle(reply) {
    const request = this.#waiting.get(reply.id);
    if (!request) return;
    this.#waiting.delete(reply.id);
    if (reply.type === 'ok') request.resolve(reply);
    else request.reject(new RingdownError(reply));
  }

  /** Sends all again, with the same ids; gives up those that were sent too often. */
  repeat(send) {
    for (const [id, request] of this.#waiting) {
      if (request.tries++ < MAX_TRIES) {
        send(request.message);
      } else {
        this.#waiting.delete(id);
        request.reject(noReply(request.message.type));
      }
    }
  }

  /** Gives up all. */
  rejectAll(error) {
    const requests = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const request of requests) request.reject(error);
  }
}
