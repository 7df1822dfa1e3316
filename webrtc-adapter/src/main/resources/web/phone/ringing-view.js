/** An incoming call: the ringing view and the system's notification. */
import { $, announce, onClick, tellError } from './dom.js';
import { initialOf, nameOf, numberOf } from './words.js';

const GUARD_MS = 500;

export class RingingView {
  #phone;
  #call = null;
  #shownAt = 0;
  #notification = null;

  /** @param phone {answer(call, options), hangup()} */
  constructor(phone) {
    this.#phone = phone;
    onClick('answer', () => this.answer());
    onClick('answer-listening', () => this.answer({ audio: 'recvonly' }));
    onClick('answer-video', () => this.answer({ video: true }));
    onClick('decline', () => phone.hangup());
  }

  /** Rings until {@link leave}. */
  show(call) {
    this.#call = call;
    this.#shownAt = Date.now();
    $('incoming-initial').textContent = initialOf(call.remote);
    $('incoming-name').textContent = nameOf(call.remote);
    $('incoming-number').textContent = numberOf(call.remote);
    $('incoming-kind').textContent = call.offersVideo ? 'Incoming video call' : 'Incoming call';
    $('answer-video').hidden = !call.offersVideo;
    $('answer').disabled = false;
    this.#failed(null);
    announce(`Incoming call from ${nameOf(call.remote)}`);
    $('answer').focus({ preventScroll: true });
    this.#notify();
  }

  leave() {
    this.#call = null;
    this.#notification?.close();
    this.#notification = null;
  }

  /** Not within the first moment: keys meant for something else must not pick up. */
  answer(options) {
    if (Date.now() - this.#shownAt >= GUARD_MS) this.pickUp(options);
  }

  async pickUp(options) {
    const call = this.#call;
    $('answer').disabled = true;
    this.#failed(null);
    try {
      await this.#phone.answer(call, options);
    } catch (error) {
      if (call.state === 'incoming') this.#failed(error);
    }
    $('answer').disabled = false;
  }

  #failed(error) {
    tellError($('incoming-error'), error);
    $('answer-listening').hidden = error?.code !== 'microphone';
  }

  #notify() {
    if (!document.hidden || globalThis.Notification?.permission !== 'granted') return;
    try {
      this.#notification = new Notification(`${nameOf(this.#call.remote)} is calling`,
        { body: 'Go to the tab to answer.', icon: 'favicon.svg', tag: 'ringdown' });
      this.#notification.onclick = () => window.focus();
    } catch {
      // Mobile browsers allow notifications only from service workers.
    }
  }
}
