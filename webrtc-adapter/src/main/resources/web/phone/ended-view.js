/** What is left of a call: how long it was, or what went wrong and what to do. */
import { $, announce, onClick } from './dom.js';
import { clock, factsOf, isOrdinaryEnd, nameOf } from './words.js';

const LINGER_MS = 2500;

export class EndedView {
  #phone;
  #call = null;
  #timer = null;

  /** @param phone {dial(number, options), showDial()} */
  constructor(phone) {
    this.#phone = phone;
    onClick('ended-close', () => this.close());
    onClick('ended-again', () => this.#again());
    onClick('ended-listening', () => this.#again({ audio: 'recvonly' }));
  }

  show(call) {
    const ordinary = isOrdinaryEnd(call);
    const outgoing = call.direction === 'outgoing';
    this.#call = call;
    $('ended-avatar').classList.toggle('bad', !ordinary);
    $('ended-title').textContent = ordinary ? titleOf(call) : call.reason.text;
    $('ended-who').textContent = nameOf(call.remote);
    $('ended-remedy').textContent = ordinary ? '' : call.reason.remedy;
    $('ended-facts').textContent = ordinary ? '' : factsOf(call.reason);
    $('ended-again').hidden = ordinary || !outgoing;
    $('ended-listening').hidden = !outgoing || call.reason.code !== 'microphone';
    announce(`${$('ended-title').textContent} ${$('ended-remedy').textContent}`);
    if (ordinary) this.#timer = setTimeout(() => this.close(), LINGER_MS);
    else $('ended-title').focus({ preventScroll: true });
  }

  leave() {
    clearTimeout(this.#timer);
    this.#call = null;
  }

  close() {
    this.#phone.showDial();
  }

  #again(options) {
    this.#phone.dial(this.#call.to, options);
  }
}

function titleOf({ connectedAt, reason }) {
  if (reason.code === 'transferred') return 'The call was transferred';
  if (connectedAt) return `Call ended after ${clock(Math.round((Date.now() - connectedAt) / 1000))}`;
  return reason.text;
}
