/** Handing a call over: to a number, or to the other side of another call. */
import { $, announce, make, tell, tellError } from './dom.js';
import { dialable, nameOf } from './words.js';

export class TransferView {
  #lines;
  #call = null;

  constructor(lines) {
    this.#lines = lines;
    $('transfer-panel').addEventListener('submit', (event) => {
      event.preventDefault();
      const to = dialable($('transfer-to').value);
      if (to) this.#transfer(to, (call) => call.transfer(to));
      else $('transfer-to').focus();
    });
  }

  /** Offers what this call can be transferred to. */
  show(call) {
    this.#call = call;
    $('transfer-to').value = '';
    tellError($('transfer-error'), null);
    const others = this.#lines.waiting.filter((other) => other.state !== 'ended');
    $('transfer-calls').replaceChildren(...others.map((other) => this.#other(other)));
    this.#busy(false);
    $('transfer-to').focus({ preventScroll: true });
  }

  leave() {
    this.#call = null;
  }

  #other(other) {
    const name = nameOf(other.remote);
    const button = make('button', { type: 'button', className: 'quiet', textContent: `Connect with ${name}` });
    button.addEventListener('click', () => this.#transfer(name, (call) => call.transferTo(other)));
    return button;
  }

  async #transfer(name, begin) {
    const call = this.#call;
    this.#busy(true);
    tellError($('transfer-error'), null);
    this.#say(call, `Transferring to ${name}…`);
    const follow = (event) => {
      if (event.detail.status === 'ringing') this.#say(call, `It rings at ${name}…`);
    };
    call.addEventListener('transfer', follow);
    try {
      await begin(call);
      announce(`Transferred to ${name}`);
    } catch (error) {
      if (call === this.#call) {
        tellError($('transfer-error'), { message: `Not transferred: ${error.message}`, remedy: error.remedy });
      }
    }
    call.removeEventListener('transfer', follow);
    this.#busy(false);
  }

  #say(call, text) {
    if (call === this.#call) tell($('transfer-go'), text);
    announce(text);
  }

  #busy(busy) {
    for (const control of $('transfer-panel').elements) control.disabled = busy;
    if (!busy) tell($('transfer-go'), 'Transfer');
  }
}
