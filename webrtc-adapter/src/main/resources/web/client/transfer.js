import { RingdownError } from './errors.js';

/** A transfer that we have asked for: settled by the gateway's `transferred` events. */
export class Transfer {
  #open = null;

  get isOpen() {
    return this.#open !== null;
  }

  /** Resolves when the call was taken over; rejects if it was not, and then the call is as it was. */
  async begin(request) {
    const done = new Promise((resolve, reject) => { this.#open = { resolve, reject }; });
    done.catch(() => {});
    try {
      await request();
    } catch (error) {
      this.#open = null;
      throw error;
    }
    return done;
  }

  progress({ status, reason }) {
    if (status === 'accepted') this.end(null);
    if (status === 'failed') this.end(new RingdownError({ ...reason, message: reason.text }));
  }

  end(error) {
    const open = this.#open;
    this.#open = null;
    if (error) open?.reject(error);
    else open?.resolve();
  }
}
