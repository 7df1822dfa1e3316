/** Incoming calls: the ringing view, the banner of a second call, the system's notification. */
import { $, announce, onClick, tellError } from './dom.js';
import { initialOf, nameOf, numberOf } from './words.js';

const GUARD_MS = 500;

export class RingingView {
  #phone;
  #call = null;
  #shownAt = 0;
  #notification = null;

  /** @param phone {answer(call, options), hangup(), decline(), endAndAnswer(), holdAndAnswer()} */
  constructor(phone) {
    this.#phone = phone;
    onClick('answer', () => this.answer());
    onClick('answer-listening', () => this.answer({ audio: 'recvonly' }));
    onClick('decline', () => phone.hangup());
    onClick('second-decline', () => phone.decline());
    onClick('second-end', () => phone.endAndAnswer());
    onClick('second-answer', () => phone.holdAndAnswer());
  }

  show(call) {
    this.#call = call;
    this.#shownAt = Date.now();
    $('incoming-initial').textContent = initialOf(call.remote);
    $('incoming-name').textContent = nameOf(call.remote);
    $('incoming-number').textContent = numberOf(call.remote);
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

  /** A second caller, or null, and whether the call in front can wait for it. */
  showSecond(call, canHold) {
    $('second').hidden = !call;
    $('second-answer').hidden = !canHold;
    if (call) $('second-name').textContent = nameOf(call.remote);
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
