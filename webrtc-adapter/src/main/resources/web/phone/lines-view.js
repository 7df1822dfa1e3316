/** The calls besides the one in front: who is calling too, and who waits. */
import { $, make } from './dom.js';
import { nameOf, waitingOf } from './words.js';

export class LinesView {
  #phone;
  #shown = {};

  /** @param phone {lines, switchTo(call), holdAndAnswer(call), endAndAnswer(call)} */
  constructor(phone) {
    this.#phone = phone;
  }

  /** Shows what has changed; rows that have not keep the focus. */
  update() {
    const { callers, waiting, front } = this.#phone.lines;
    const canHold = front?.state === 'connected';
    this.#fill('callers', callers, (call) => this.#caller(call, canHold), String(canHold));
    this.#fill('waiting', waiting, (call) => this.#waits(call), '');
  }

  #fill(id, calls, row, state) {
    const now = calls.map((call) => [call.id, nameOf(call.remote), waitingOf(call)]).join() + state;
    if (this.#shown[id] === now) return;
    this.#shown[id] = now;
    $(id).hidden = !calls.length;
    $(id).replaceChildren(...calls.map(row));
  }

  #caller(call, canHold) {
    const name = nameOf(call.remote);
    const hold = this.#button('primary', 'Hold and answer', name, () => this.#phone.holdAndAnswer(call));
    hold.hidden = !canHold;
    return make('li', {}, make('p', {}, make('strong', { textContent: name }), ' is calling too'),
      make('div', { className: 'row' }, hold,
        this.#button('quiet', 'End and answer', name, () => this.#phone.endAndAnswer(call)),
        this.#button('quiet', 'Decline', name, () => call.decline('busy'))));
  }

  #waits(call) {
    const name = nameOf(call.remote);
    return make('li', {}, make('p', {}, make('strong', { textContent: name }), ` ${waitingOf(call)}`),
      this.#button('quiet', 'Switch', name, () => this.#phone.switchTo(call)));
  }

  #button(className, textContent, name, action) {
    const button = make('button', { type: 'button', className, textContent });
    button.setAttribute('aria-label', `${textContent}: ${name}`);
    button.addEventListener('click', action);
    return button;
  }
}
