/** The recent calls of one user, kept in this browser. */
import { $, icon, make } from './dom.js';
import { recall, remember } from './storage.js';
import { nameOf, shortAddress, since, clock } from './words.js';

const MOST = 30;
/** What became of a call that nobody answered. */
const FATES = {
  busy: 'busy', declined: 'declined', cancelled: 'given up', 'no-answer': 'no answer', 'not-found': 'no such number',
  unavailable: 'not there', forbidden: 'not allowed',
};
const KINDS = {
  missed: { icon: 'missed', words: 'Missed call' },
  incoming: { icon: 'in', words: 'Incoming call' },
  elsewhere: { icon: 'in', words: 'Answered on another device' },
  outgoing: { icon: 'out', words: 'Outgoing call' },
};

export class History {
  #key;
  #calls;

  /** @param call called with the number of an entry that was chosen */
  constructor(user, call) {
    this.#key = `ringdown.history.${user}`;
    this.#calls = recall(this.#key) ?? [];
    $('recents').onclick = (event) => {
      const number = event.target.closest('button')?.dataset.call;
      if (number) call(number);
    };
    $('clear-recents').onclick = () => this.#change([]);
    this.render();
  }

  /** The number called last, or ''. */
  get lastDialled() {
    return this.#calls.find((call) => call.kind === 'outgoing')?.number ?? '';
  }

  /** Notes a call that is over. */
  add(call) {
    const seconds = call.connectedAt ? Math.round((Date.now() - call.connectedAt) / 1000) : null;
    const number = call.direction === 'outgoing' ? call.to : shortAddress(call.remote.uri);
    const entry = { kind: kindOf(call), number, name: nameOf(call.remote), at: call.startedAt, seconds, code: call.reason.code };
    this.#change([entry, ...this.#calls].slice(0, MOST));
  }

  render() {
    $('recents').replaceChildren(...this.#calls.map(row));
    $('recents-empty').hidden = this.#calls.length > 0;
    $('clear-recents').hidden = !this.#calls.length;
  }

  #change(calls) {
    this.#calls = calls;
    remember(this.#key, calls);
    this.render();
  }
}

function kindOf(call) {
  if (call.direction === 'outgoing') return 'outgoing';
  if (call.reason.code === 'answered-elsewhere') return 'elsewhere';
  return call.connectedAt || call.reason.by === 'local' ? 'incoming' : 'missed';
}

function fateOf({ kind, seconds, code }) {
  if (seconds !== null) return `, ${clock(seconds)}`;
  return { outgoing: `, ${FATES[code] ?? 'not connected'}`, incoming: ', declined' }[kind] ?? '';
}

function row(entry) {
  const { kind, number, name, at } = entry;
  const button = make('button', { type: 'button', className: `entry ${kind}` },
    icon(KINDS[kind].icon),
    make('span', { className: 'who' }, make('span', { textContent: name }),
      make('small', { textContent: KINDS[kind].words + fateOf(entry) })),
    make('time', { textContent: since(at), dateTime: new Date(at).toISOString() }));
  button.dataset.call = number;
  button.title = `Call ${number}`;
  return make('li', {}, button);
}
