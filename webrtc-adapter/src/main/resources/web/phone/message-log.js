/** The messages between page and gateway, each folded to one line. */
import { make } from './dom.js';

const KEPT = 400;

export class MessageLog {
  entries = [];
  #list;

  constructor(list) {
    this.#list = list;
  }

  /** @param entry of the client's `message-log` event */
  add(entry, visible) {
    this.entries.push(entry);
    if (this.entries.length > KEPT) this.entries.shift();
    if (!visible) return;
    const list = this.#list;
    const atEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 8;
    list.append(line(entry));
    if (list.children.length > KEPT) list.firstChild.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
  }

  render() {
    this.#list.replaceChildren(...this.entries.map(line));
    this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** One message a line. */
  text() {
    return this.entries
      .map(({ at, direction, message }) => `${new Date(at).toISOString()} ${direction} ${JSON.stringify(message)}`)
      .join('\n');
  }
}

function line({ at, direction, message }) {
  const { type, ...rest } = message;
  const time = new Date(at).toTimeString().slice(0, 8);
  const body = make('pre', { textContent: JSON.stringify(rest, null, 1).replaceAll('\\r\\n', '\n') });
  const head = make('summary', {}, make('time', { textContent: time }),
    make('span', { className: 'dir', textContent: direction === 'in' ? '←' : '→' }),
    make('span', { className: 'unseen', textContent: direction === 'in' ? 'from the gateway: ' : 'to the gateway: ' }),
    make('b', { textContent: type }), ` ${gist(rest)}`);
  return make('li', { className: direction }, make('details', {}, head, body));
}

function gist({ id, seq, call, code, state, digits, to, status }) {
  const whom = typeof to === 'string' ? to : to?.uri;
  return [call, whom, state, status, code, digits, id ?? (seq && `#${seq}`)].filter(Boolean).join(' ');
}
