/** The calls that wait on hold behind the one in front. */
import { $, make } from './dom.js';
import { nameOf } from './words.js';

export class WaitingCalls {
  #calls = [];
  #choose;

  /** @param choose called with the call to go on with */
  constructor(choose) {
    this.#choose = choose;
  }

  /** The call that has waited the shortest time; undefined if none waits. */
  get newest() {
    return this.#calls.at(-1);
  }

  /** One call goes to the front; the one that was there waits, if it is going on. */
  swap(front, behind) {
    const stays = this.#calls.filter((call) => call !== front);
    const waits = behind && behind !== front && behind.holding && behind.state !== 'ended';
    this.#show(waits ? [...stays, behind] : stays);
  }

  remove(call) {
    this.#show(this.#calls.filter((other) => other !== call));
  }

  #show(calls) {
    this.#calls = calls;
    $('waiting').hidden = !calls.length;
    $('waiting').replaceChildren(...calls.map((call) => this.#row(call)));
  }

  #row(call) {
    const name = nameOf(call.remote);
    const go = make('button', { type: 'button', className: 'quiet', textContent: 'Switch' });
    go.setAttribute('aria-label', `Switch to ${name}`);
    go.addEventListener('click', () => this.#choose(call));
    return make('li', {}, make('p', {}, make('strong', { textContent: name }), ' is on hold'), go);
  }
}
